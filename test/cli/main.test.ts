import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGeometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { createVolume } from '../../src/core/volume.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { compiledProgram } from '../support/compiled-program.ts'
import { writeModelFolder } from '../support/empty-model.ts'
import { type Moment, signalling } from '../support/signal-itself.ts'

const { main, signals } = await compiledProgram()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-main-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Starts otomark in a process of its own, and collects what it says on stderr. @param moment when it sends itself a signal */
function start(words: readonly string[], moment?: Moment) {
  const { env = {}, flags = [] } = moment === undefined ? {} : signalling(moment, signals)
  const child: ChildProcess = spawn(process.execPath, [...flags, main, ...words], {
    env: { ...process.env, ...env }
  })
  let told = ''
  child.stderr?.on('data', (text: Buffer) => {
    told += text.toString()
  })
  const ended = once(child, 'close').then(([code]): unknown => code)
  return { child, ended, told: () => told }
}

test('Ctrl+C stops the program with the code of the shell and leaves no half-written file', async () => {
  const output = join(folder, 'interrupted')
  const words = ['generate', '--count', '500', '--field', '22,22', '--finest', '0.8', '--output', output]
  const moment = { signal: 'SIGINT', name: 'ct.nii.gz', when: 'half written', time: 2 } as const
  const { ended, told } = start(words, moment)
  expect(await ended).toBe(130)
  expect(told()).toMatch(/\notomark: stopped\n$/)
  const files = await readdir(output, { recursive: true })
  expect(files.filter((name) => name.includes('.tmp'))).toEqual([])
})

test.each([
  ['Ctrl+C', 'SIGINT', 130],
  ['kill', 'SIGTERM', 143],
  ['closing the terminal', 'SIGHUP', 129]
] as const)('%s during an analysis leaves no output folder', async (_, signal, code) => {
  const size = [128, 128, 128] as const
  const geometry = createGeometry({ size, spacing: [0.5, 0.5, 0.5], origin: [0, 0, 0], direction: identity3 })
  const data = new Int16Array(voxelCount(geometry)).map((_, at) => (at % 97) * 20 - 500)
  const input = join(folder, `${signal}.nii`)
  await writeFile(input, encodeNifti(createVolume(geometry, data)))
  const model = await writeModelFolder(join(folder, 'model'))
  const words = ['analyze', input, '--output', join(folder, 'made', 'output'), '--model', model]
  const { ended, told } = start(words, { signal, name: 'output', when: 'made', time: 1 })
  expect(await ended).toBe(code)
  expect(told()).toMatch(/otomark: stopped\n$/)
  expect(existsSync(join(folder, 'made'))).toBe(false)
})

test('a pipe whose reader has gone ends the program without a message', async () => {
  const { child, ended, told } = start(['--help'])
  child.stdout?.destroy()
  expect(await ended).toBe(0)
  expect(told()).toBe('')
})

test('the exit code reaches the shell', async () => {
  const { ended, told } = start(['analyze'])
  expect(await ended).toBe(2)
  expect(told()).toBe("otomark: missing required argument 'input'; see otomark analyze --help\n")
})
