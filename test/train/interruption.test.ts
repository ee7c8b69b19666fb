import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { compiledProgram } from '../support/compiled-program.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { type Moment, signalling } from '../support/signal-itself.ts'
import { checkpointedRecipe } from './tiny-configuration.ts'

const { main, signals } = await compiledProgram()
const scratch = scratchFolder()
const recipe = join(scratch, 'tiny.json')
const straight = join(scratch, 'straight')

/** Starts a run in a process of its own. @param moment when it sends itself a signal */
function start(folder: string, words: readonly string[] = [], moment?: Moment) {
  const { env = {}, flags = [] } = moment === undefined ? {} : signalling(moment, signals)
  const command = [...flags, main, 'train', recipe, '--output', folder, ...words]
  const child = spawn(process.execPath, command, { env: { ...process.env, ...env } })
  let told = ''
  child.stderr.on('data', (text: Buffer) => {
    told += text.toString()
  })
  child.stdout.resume()
  return { ended: once(child, 'close').then(([code, signal]): unknown => code ?? signal), told: () => told }
}

const result = (folder: string) =>
  ['model.onnx', 'best.onnx', 'checkpoint.safetensors'].map((name) =>
    readFileSync(join(folder, name)).toString('base64')
  )

/** What lies in a folder but what a run is meant to leave. */
const leftOver = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.tmp') || name.startsWith('.'))

beforeAll(async () => {
  writeFileSync(recipe, JSON.stringify(checkpointedRecipe))
  expect(await start(straight).ended).toBe(0)
})

test('a run killed again and again, at any moment, ends with the bytes of one that was not', async () => {
  const folder = join(scratch, 'killed')
  mkdirSync(folder)
  const random = createRandom(11)
  const moments = [
    // The first look at how good the network is makes it the best one.
    { name: 'best.onnx', when: 'half written', leaves: 1 },
    { name: 'checkpoint.safetensors', when: 'half written', leaves: 1 },
    { name: 'checkpoint.safetensors', when: 'written', leaves: 1 },
    { name: 'checkpoint.safetensors', when: 'renamed', leaves: 0 },
    { name: 'model.onnx', when: 'written', leaves: 1 }
  ] as const
  for (const { leaves, ...moment } of moments) {
    // Each start goes on for some steps before it is killed; the model is written once, at the end.
    const time = moment.name === 'checkpoint.safetensors' ? random.integer(2, 5) : 1
    expect(await start(folder, ['--resume'], { ...moment, time, signal: 'SIGKILL' }).ended).toBe('SIGKILL')
    // The lock is left too, and holds no longer.
    expect(leftOver(folder)).toHaveLength(leaves + 1)
  }
  expect(await start(folder, ['--resume']).ended).toBe(0)
  expect(leftOver(folder)).toEqual([])
  expect(result(folder)).toEqual(result(straight))
})

test('a run that is stopped saves the step it has done, and goes on from there to the same bytes', async () => {
  const folder = join(scratch, 'stopped')
  mkdirSync(folder)
  const moment = { signal: 'SIGTERM', name: 'checkpoint.safetensors', when: 'renamed', time: 1 } as const
  const { ended, told } = start(folder, [], moment)
  expect(await ended).toBe(143)
  expect(leftOver(folder)).toEqual([])
  expect(await start(folder, ['--resume']).ended).toBe(0)
  expect(result(folder)).toEqual(result(straight))
  expect(told()).not.toContain('bug')
})

/** Mounts a small disk; says so where that is not allowed. */
function smallDisk(folder: string, size: string): boolean {
  mkdirSync(folder)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  if (status !== 0) return false
  onTestFinished(() => {
    spawnSync('umount', [folder])
  })
  return true
}

test('a full disk ends the run with a one-line error and the last checkpoint whole; with room again it goes on to the same bytes', async ({
  skip
}) => {
  const folder = join(scratch, 'disk')
  if (!smallDisk(folder, '256k')) {
    console.warn('SKIPPED: no small disk can be mounted here, so that a really full one is not tried')
    skip()
  }
  // Room for the first steps, not for all.
  writeFileSync(join(folder, 'filler'), new Uint8Array(170_000))
  const { ended, told } = start(folder)
  expect(await ended).toBe(5)
  expect(told()).toMatch(/otomark: writing .*: the disk is full; free some space/)
  expect(leftOver(folder)).toEqual([])
  rmSync(join(folder, 'filler'))
  const mounted = spawnSync('mount', ['-o', 'remount,size=8m', folder])
  expect(mounted.status).toBe(0)
  expect(await start(folder, ['--resume']).ended).toBe(0)
  expect(result(folder)).toEqual(result(straight))
})
