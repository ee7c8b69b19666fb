import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { tinyRecipe } from './tiny-configuration.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const scratch = scratchFolder()
const recipe = join(scratch, 'tiny.json')
const straight = join(scratch, 'straight')

/** A checkpoint after every step, so that much of the time one is being written. */
const configuration = {
  ...tinyRecipe,
  steps: 24,
  cases: { seed: 1, options: { field: [22, 22], finest: 0.8 } },
  pool: { size: 2, reuse: 20 },
  validation: { cases: 1, every: 5 },
  checkpointEvery: 1,
  workers: 1
}

/** Starts a run in a process of its own. */
function start(folder: string, ...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'train', recipe, '--output', folder, ...words])
  let told = ''
  child.stderr.on('data', (text: Buffer) => {
    told += text.toString()
  })
  child.stdout.resume()
  return { child, ended: once(child, 'close').then(([code]): unknown => code), told: () => told }
}

const result = (folder: string) =>
  ['model.onnx', 'best.onnx', 'checkpoint.safetensors'].map((name) =>
    readFileSync(join(folder, name)).toString('base64')
  )

/** What lies in a folder but what a run is meant to leave. */
const leftOver = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.tmp') || name.startsWith('.'))

beforeAll(async () => {
  writeFileSync(recipe, JSON.stringify(configuration))
  expect(await start(straight).ended).toBe(0)
}, 60_000)

test('a run killed again and again, at any moment, ends with the bytes of one that was not', async () => {
  const folder = join(scratch, 'killed')
  mkdirSync(folder)
  const random = createRandom(11)
  let [kills, whileWriting] = [0, 0]
  for (let code: unknown; code !== 0; ) {
    const { child, ended } = start(folder, '--resume')
    // In turn: at a random moment after the first step of this start, and as soon as a checkpoint begins to be written.
    const moment = kills % 2 === 0 ? 'writing' : 'random'
    const watcher = watch(folder, (_, name) => {
      if (name === null || kills >= 5) return
      if (moment === 'writing' && name.startsWith('.checkpoint.safetensors.')) child.kill('SIGKILL')
      if (moment === 'random' && name === 'log.jsonl') setTimeout(() => child.kill('SIGKILL'), random.uniform(0, 250))
    })
    code = await ended
    watcher.close()
    if (code !== 0) kills++
    if (code !== 0 && leftOver(folder).length > 0) whileWriting++
  }
  expect(kills).toBeGreaterThanOrEqual(4)
  expect(whileWriting).toBeGreaterThan(0)
  expect(leftOver(folder)).toEqual([])
  expect(result(folder)).toEqual(result(straight))
}, 120_000)

test('a run told to stop saves the step it has done, and goes on from there to the same bytes', async () => {
  const folder = join(scratch, 'stopped')
  mkdirSync(folder)
  const { child, ended, told } = start(folder)
  const watcher = watch(folder, (_, name) => {
    if (name === 'checkpoint.safetensors') child.kill('SIGTERM')
  })
  expect(await ended).toBe(143)
  watcher.close()
  expect(leftOver(folder)).toEqual([])
  expect(await start(folder, '--resume').ended).toBe(0)
  expect(result(folder)).toEqual(result(straight))
  expect(told()).not.toContain('bug')
}, 60_000)

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

test('a full disk ends the run with a word and the last checkpoint whole; with room again it goes on to the same bytes', async ({
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
  expect(await start(folder, '--resume').ended).toBe(0)
  expect(result(folder)).toEqual(result(straight))
}, 60_000)
