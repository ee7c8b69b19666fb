import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { nodeRuntime, nodeWebgpuRuntime } from '../../src/runtime/node.ts'
import { compiledProgram } from '../support/compiled-program.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { type Moment, signalling } from '../support/signal-itself.ts'
import { tinyStudy } from './tiny-study.ts'

const { main, signals } = await compiledProgram()
const scratch = scratchFolder()
const straight = join(scratch, 'straight')

/** Writes a study's file. */
function specify(changes: object = {}): string {
  const path = join(scratch, 'study.json')
  writeFileSync(path, JSON.stringify({ ...tinyStudy, ...changes }))
  return path
}

const study = (word: string, folder: string, ...more: string[]) =>
  runCli('study', word, join(scratch, 'study.json'), '--output', folder, ...more)

/** Runs the study in a process of its own. @returns its exit code, or the signal it ended by */
async function runApart(folder: string, env: NodeJS.ProcessEnv = {}, flags: string[] = []): Promise<unknown> {
  const words = ['study', 'run', join(scratch, 'study.json'), '--output', folder]
  const child = spawn(process.execPath, [...flags, main, ...words], {
    env: { ...process.env, ...env },
    stdio: 'ignore'
  })
  const [code, signal] = await once(child, 'close')
  return signal ?? code
}

/** Runs the study in a process of its own that kills itself. */
function killedRun(folder: string, moment: Moment): Promise<unknown> {
  const { env, flags } = signalling(moment, signals)
  return runApart(folder, env, flags)
}

/** All that a study's table says, but for the times. */
const tableOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /^(table|forest)/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  )

const runsOf = (folder: string) => readdirSync(join(folder, 'runs')).sort()

beforeAll(async () => {
  specify()
  expect((await study('run', straight)).code).toBe(0)
  expect((await study('table', straight)).code).toBe(0)
})

test('every run is trained and judged, and the table says so', async () => {
  expect(runsOf(straight)).toHaveLength(5)
  const { out } = await study('status', straight)
  expect(out).toBe('tiny: 5 runs: 5 done, 0 running, 0 begun, 0 failed, 0 waiting\n')
  const { 'table.md': page = '', 'forest-generated.svg': plot = '' } = tableOf(straight)
  expect(page).toContain('5 of 5 runs are trained')
  expect(page).toMatch(/\| base \| base \| 1,251 \| 0\.00526 \| 0\.\d+ \(SD /)
  expect(page).toMatch(/\| twins \| segmentation-only .* \| – \| – \|\n/)
  expect(page).toMatch(/\| twins \| landmarks-only \| 1,239 \| 0\.00519 \| – \| – \| – \| – \| /)
  expect(page).toContain('| architecture | wider | network.features 2 → 4 |')
  expect(plot).toContain('>segmentation-only</text>')
})

test('what a network has no head for is not judged, in place of counting as missed', () => {
  for (const hash of runsOf(straight)) {
    const read = (name: string) => JSON.parse(readFileSync(join(straight, 'runs', hash, name), 'utf8'))
    const { classes, landmarks } = read('run.json').recipe.network
    const { outlines, ears } = read('evaluation/generated.json').cases[0]
    expect([outlines.labyrinth !== undefined, ears[0].landmarks.length > 0]).toEqual([classes > 0, landmarks > 0])
  }
})

test('figures of another set, or of another error of the pose, are not in the table', async () => {
  const folder = join(scratch, 'other-pose')
  cpSync(straight, folder, { recursive: true })
  try {
    for (const change of [{ pose: { rotation: 20 } }, { evaluation: [{ ...tinyStudy.evaluation[0], count: 3 }] }]) {
      specify(change)
      expect((await study('table', folder)).code).toBe(0)
      expect(tableOf(folder)['table.md']).not.toContain('| base | base |')
    }
  } finally {
    specify()
  }
})

test('a study killed again and again ends with the bytes of one that was not', async () => {
  const folder = join(scratch, 'killed')
  const moments = [
    { name: 'labels.nii.gz', when: 'half written', time: 3 },
    { name: 'checkpoint.safetensors', when: 'half written', time: 2 },
    { name: 'checkpoint.safetensors', when: 'renamed', time: 2 },
    { name: 'training.json', when: 'written', time: 2 },
    { name: 'generated.json', when: 'written', time: 1 },
    { name: 'run.json', when: 'renamed', time: 2 }
  ] as const
  for (const moment of moments) {
    expect(await killedRun(folder, { ...moment, signal: 'SIGKILL' })).toBe('SIGKILL')
    expect((await study('table', folder)).code).toBe(0)
  }
  expect((await study('run', folder)).code).toBe(0)
  expect((await study('table', folder)).code).toBe(0)
  expect(tableOf(folder)).toEqual(tableOf(straight))
})

test('processes that begin one study at the same time share its cases and runs, and end with the bytes of one', async () => {
  const folder = join(scratch, 'shared')
  expect(await Promise.all([runApart(folder), runApart(folder), runApart(folder)])).toEqual([0, 0, 0])
  expect((await study('status', folder)).out).toContain('5 done')
  await study('table', folder)
  expect(tableOf(folder)).toEqual(tableOf(straight))
})

test('the device that is asked for computes the runs', async () => {
  const [name = ''] = runsOf(straight)
  const folder = join(scratch, 'device')
  cpSync(join(straight, 'cases'), join(folder, 'cases'), { recursive: true })
  // No graphics card is needed: the processor answers for it.
  const open = vi.spyOn(nodeWebgpuRuntime, 'open').mockImplementation(nodeRuntime.open)
  const target = vi.spyOn(nodeWebgpuRuntime, 'target').mockImplementation(nodeRuntime.target)
  try {
    expect((await study('run', folder, '--only', name)).code).toBe(0)
    expect(open).not.toHaveBeenCalled()
    rmSync(join(folder, 'runs'), { recursive: true })
    expect((await study('run', folder, '--only', name, '--device', 'webgpu')).code).toBe(0)
    expect(open).toHaveBeenCalledTimes(2)
  } finally {
    open.mockRestore()
    target.mockRestore()
  }
  expect(await study('run', folder, '--device', 'abacus')).toMatchObject({ code: 2 })
})

test('the runs of chosen variations are done, and no others', async () => {
  const folder = join(scratch, 'chosen')
  cpSync(join(straight, 'cases'), join(folder, 'cases'), { recursive: true })
  expect((await study('run', folder, '--only', 'wider,landmarks-only')).out).toContain('2 runs: 2 done')
  expect(runsOf(folder)).toHaveLength(2)
})

test('a run that fails is listed with its reason, does not stop the rest, and is tried again', async () => {
  const folder = join(scratch, 'failing')
  cpSync(straight, folder, { recursive: true })
  const wild = { name: 'wild', group: 'protocol', patch: { schedule: { peak: 1e38, warmUp: 0 } } }
  specify({ variations: [wild, ...tinyStudy.variations] })
  rmSync(join(folder, 'runs'), { recursive: true })
  const { code, err } = await study('run', folder)
  expect(code).toBe(3)
  expect(err).toMatch(
    /wild, seed 1 \(\w+\) failed: training tiny \(seed 1\): training step \d+ .*is not a finite number/
  )
  expect(err).toMatch(/1 of 6 runs failed; the same command tries them again\n$/)
  const { out } = await study('status', folder)
  expect(out).toMatch(
    /^tiny: 6 runs: 5 done, 0 running, 0 begun, 1 failed, 0 waiting\n {2}wild, seed 1 .* failed \(exit code 2\)/
  )
  expect((await study('run', folder)).err).toContain('wild, seed 1')
  specify()
})

test('a changed specification runs only what changed', async () => {
  const folder = join(scratch, 'changed')
  cpSync(straight, folder, { recursive: true })
  const before = new Map(
    runsOf(folder).map((run) => [run, statSync(join(folder, 'runs', run, 'training', 'model.onnx')).mtimeMs])
  )
  const [, ...others] = tinyStudy.variations
  specify({ variations: [{ name: 'renamed', group: 'other', patch: { network: { features: 4 } } }, ...others] })
  expect((await study('status', folder)).out).toContain('5 done')
  specify({ variations: [{ name: 'wider', group: 'architecture', patch: { network: { features: 3 } } }, ...others] })
  expect((await study('status', folder)).out).toContain('4 done, 0 running, 0 begun, 0 failed, 1 waiting')
  expect((await study('run', folder)).code).toBe(0)
  expect(runsOf(folder)).toHaveLength(6)
  for (const [run, time] of before)
    expect(statSync(join(folder, 'runs', run, 'training', 'model.onnx')).mtimeMs).toBe(time)
  specify()
})

test('labelled cases given to it are judged beside, remembered, and need no training anew', async () => {
  const folder = join(scratch, 'given')
  cpSync(straight, folder, { recursive: true })
  const cases = join(scratch, 'cases')
  const [set = ''] = readdirSync(join(straight, 'cases'))
  cpSync(join(straight, 'cases', set), cases, { recursive: true })
  expect((await study('status', folder, '--cases', `real=${cases}`)).out).toContain('5 begun')
  expect((await study('run', folder, '--cases', `real=${cases}`)).code).toBe(0)
  expect((await study('status', folder)).out).toContain('5 done')
  await study('table', folder)
  expect(tableOf(folder)['table.md']).toContain('## real')
  expect((await study('run', folder, '--cases', `generated=${cases}`)).err).toContain('is called generated')
})

test('labelled cases that were corrected since are judged anew, and what was trained on them is not taken for done', async () => {
  const [folder, cases] = [join(scratch, 'corrected'), join(scratch, 'corrected-cases')]
  const [set = ''] = readdirSync(join(straight, 'cases'))
  cpSync(join(straight, 'cases', set), cases, { recursive: true })
  const splits = { kind: 'learning_curve', cases: 'real', sizes: [1], repeats: 1 }
  specify({ training: undefined, evaluation: [], variations: [], seeds: { base: [1], variations: [1] }, splits })
  expect((await study('run', folder, '--cases', `real=${cases}`)).out).toContain('1 done')
  const [run = ''] = runsOf(folder)
  const { split } = JSON.parse(readFileSync(join(folder, 'runs', run, 'run.json'), 'utf8'))
  /** As many bytes as before, so that only their content shows it. */
  const correct = (name: string): void => {
    const markups = join(cases, name, 'landmarks.mrk.json')
    const moved = (_: string, before: string, digit: string): string => `${before}${(Number(digit) + 1) % 10}`
    writeFileSync(markups, readFileSync(markups, 'utf8').replace(/("position":\s*\[\s*-?\d+\.)(\d)/, moved))
  }
  const changed = async (name: string): Promise<string> => {
    correct(name)
    return (await study('status', folder)).out
  }
  expect(await changed(split.judged[0])).toMatch(/1 begun.*\n.*lacks real/)
  expect((await study('run', folder)).code).toBe(0)
  expect(await changed(split.training[0])).toMatch(/1 begun.*\n.*lacks training/)
  expect((await study('run', folder)).err).toMatch(/failed: .*training.*other/)
  specify()
})

test('what is no study is refused in one line', async () => {
  specify({ recipe: { ...tinyStudy.recipe, sigma: -1 } })
  expect(await study('plan', straight)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/study.json: the base: .*sigma/)
  })
  specify()
  expect(await study('run', straight, '--only', 'nothing')).toMatchObject({ code: 3 })
  expect((await study('plan', straight, '--cases', 'wrong')).code).toBe(2)
  expect((await runCli('study', 'nothing')).code).toBe(2)
})
