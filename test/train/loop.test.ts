import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../src/io/safetensors.ts'
import { decodeModel } from '../../src/network/model-file.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { TrainingConfiguration } from '../../src/train/configuration.ts'
import { type LogRecord, readRecords } from '../../src/train/log.ts'
import { train } from '../../src/train/loop.ts'
import { caseOfStep } from '../../src/train/samples/pool.ts'
import { prepareSamples } from '../../src/train/samples/prepare.ts'
import { readStart, type Start } from '../../src/train/start.ts'
import { analyticCases } from './analytic-cases.ts'
import { tinyConfiguration } from './tiny-configuration.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'otomark-train-'))
})
afterAll(() => rm(parent, { recursive: true }))

interface Changes {
  readonly configuration?: TrainingConfiguration
  readonly resume?: boolean
  readonly stopAfter?: number
  readonly anyVersion?: boolean
  readonly start?: Start
}

function run(
  folder: string,
  { configuration = tinyConfiguration(), resume = false, stopAfter, anyVersion = false, start }: Changes = {}
) {
  const stop = new AbortController()
  return train({
    configuration,
    samples: prepareSamples(configuration, analyticCases),
    cases: { name: analyticCases.name, fingerprint: '' },
    runtime: nodeRuntime,
    folder: join(parent, folder),
    resume,
    anyVersion,
    ...(start !== undefined && { start }),
    signal: stop.signal,
    onRecord: (record) => {
      if (record.kind === 'step' && record.step === stopAfter) stop.abort()
    }
  })
}

const bytes = (...path: string[]) => readFile(join(parent, ...path))
const withoutTimes = (records: LogRecord[]) =>
  records
    .filter((record) => record.kind !== 'start')
    .map((record) => (record.kind === 'step' ? { ...record, seconds: 0, idle: 0 } : record))

test('a run that was stopped and resumed ends with the same bits as one that was not', async () => {
  expect(await run('straight')).toEqual({ steps: 6, finished: true })
  expect(await run('halting', { stopAfter: 2 })).toEqual({ steps: 2, finished: false })
  expect(await run('halting', { resume: true, stopAfter: 5 })).toEqual({ steps: 5, finished: false })
  expect(await run('halting', { resume: true })).toEqual({ steps: 6, finished: true })

  expect((await bytes('halting', 'model.onnx')).equals(await bytes('straight', 'model.onnx'))).toBe(true)
  const [halting, straight] = await Promise.all([bytes('halting', 'log.jsonl'), bytes('straight', 'log.jsonl')])
  expect(halting.length).toBeGreaterThan(straight.length)
  expect(withoutTimes(await readRecords(join(parent, 'halting', 'log.jsonl')))).toEqual(
    withoutTimes(await readRecords(join(parent, 'straight', 'log.jsonl')))
  )
})

test('so does one of several samples a step, dropout, running statistics and a learning rate that follows validation', async () => {
  const configuration = tinyConfiguration({
    network: { levels: 2, features: 2, normalization: 'batch', dropout: 0.3 },
    accumulation: 2,
    schedule: { decay: 'plateau', peak: 1e-3, warmUp: 0, patience: 0, threshold: 10 },
    validation: { cases: 1, every: 1 }
  })
  await run('varied', { configuration })
  await run('varied-halting', { configuration, stopAfter: 4 })
  await run('varied-halting', { configuration, resume: true })
  expect((await bytes('varied-halting', 'model.onnx')).equals(await bytes('varied', 'model.onnx'))).toBe(true)
  const records = await readRecords(join(parent, 'varied', 'log.jsonl'))
  const rates = records.flatMap((record) => (record.kind === 'step' ? [record.learningRate / 1e-3] : []))
  // The first score is the best there can be; each one after it brings the rate down.
  expect(rates).toEqual([1, 1, 0.5, 0.25, 0.125, 0.0625])
  const cases = records.flatMap((record) => (record.kind === 'step' ? [record.cases] : []))
  expect(cases.flat()).toEqual(Array.from({ length: 12 }, (_, sample) => caseOfStep(configuration.pool, sample)))
  expect(cases.every((ofStep) => ofStep.length === 2)).toBe(true)
})

test('the model file carries its recipe, its data and its figures', async () => {
  const configuration = tinyConfiguration()
  const { metadata, weights } = decodeModel(await bytes('straight', 'model.onnx'), 'model.onnx')
  expect(metadata).toMatchObject({ name: 'tiny', role: 'segmenter', grid: configuration.grid, heatmapSigma: 1.5 })
  expect(metadata.labels).toEqual(['background', 'cochlea', 'vestibule', 'semicircular_canals'])
  expect(JSON.parse(metadata.training.recipe)).toEqual(configuration)
  expect(metadata.training).toMatchObject({ steps: 6, seed: 3, data: 'balls in bone' })
  expect(metadata.metrics['validation.cases']).toBe(2)
  expect(metadata.metrics['dice.labyrinth']).toBeGreaterThanOrEqual(0)
  expect(weights.size).toBeGreaterThan(5)
})

test('a folder that holds a run is not written over, nor resumed by another configuration', async () => {
  await expect(run('straight')).rejects.toThrow(/holds a run at step 6; add --resume/)
  const other = tinyConfiguration({ seed: 4 })
  await expect(run('straight', { configuration: other, resume: true })).rejects.toThrow(/another configuration/)
  const savedMore = tinyConfiguration({ checkpointEvery: 1 })
  expect(await run('straight', { configuration: savedMore, resume: true })).toEqual({ steps: 6, finished: true })
})

test('a loss that is no number stops the run and names step, seed and case', async () => {
  const wild = tinyConfiguration({ schedule: { peak: 1e30, warmUp: 0 } })
  await expect(run('wild', { configuration: wild })).rejects.toThrow(
    /seed 3\).*step 2 \(sample 1, case 0: balls 0\).*lower.*checkpoint is kept/
  )
})

test('a run of another version is gone on with only where that is allowed', async () => {
  const path = join(parent, 'halting', 'checkpoint.safetensors')
  const { tensors, metadata } = decodeSafetensors(await readFile(path), path)
  await writeFile(path, encodeSafetensors({ tensors, metadata: { ...metadata, software: '0.0.1' } }))
  await expect(run('halting', { resume: true })).rejects.toThrow(/made by otomark 0\.0\.1.*--allow-version-change/)
  expect(await run('halting', { resume: true, anyVersion: true })).toEqual({ steps: 6, finished: true })
})

test('a checkpoint that fits by its hash and not by its tensors is refused, and nothing is written over', async () => {
  const path = join(parent, 'straight', 'checkpoint.safetensors')
  const whole = await readFile(path)
  const { tensors, metadata } = decodeSafetensors(whole, path)
  const [name, first] = [...tensors].find(([, { data }]) => data.length > 1) as [string, { data: Float32Array }]
  const length = first.data.length
  const damages: [RegExp, (state: typeof tensors) => [string, { dims: readonly number[]; data: Float32Array }][]][] = [
    [/is missing/, (state) => [...state].filter(([key]) => key !== name)],
    [/is missing/, (state) => [...state].filter(([key]) => !key.startsWith('average/'))],
    [/is no tensor of it/, (state) => [...state, ['state/more', { dims: [1], data: new Float32Array(1) }]]],
    [/numbers, not/, (state) => [...new Map(state).set(name, { dims: [length], data: new Float32Array(length) })]],
    [
      /not finite/,
      (state) => [...state].map(([key, { dims, data }]) => [key, { dims, data: data.map(() => Number.NaN) }])
    ]
  ]
  for (const [problem, damage] of damages) {
    const bytes = encodeSafetensors({ tensors: new Map(damage(tensors)), metadata })
    await writeFile(path, bytes)
    const refused = run('straight', { resume: true })
    await expect(refused).rejects.toThrow(/checkpoint\.safetensors: the checkpoint does not fit this network/)
    await expect(refused).rejects.toThrow(problem)
    await expect(refused).rejects.toMatchObject({ exitCode: 3 })
    expect(new Uint8Array(await readFile(path))).toEqual(bytes)
  }
  await writeFile(path, whole)
})

test('a folder in which another process trains is refused', async () => {
  await mkdir(join(parent, 'taken'))
  // The process that started this one lives.
  await writeFile(join(parent, 'taken', '.otomark.lock'), `${process.ppid} ${hostname()}\n`)
  await expect(run('taken')).rejects.toMatchObject({ exitCode: 5, message: /process \d+ writes there/ })
})

test('fine-tuning begins with the weights of a model, and the new model names it', async () => {
  const start = await readStart(join(parent, 'straight', 'model.onnx'), tinyConfiguration())
  const still = tinyConfiguration({ steps: 1, schedule: { peak: 1e-12, warmUp: 0 } })
  await run('tuned', { configuration: still, start })
  const { metadata, weights } = decodeModel(await bytes('tuned', 'model.onnx'), 'model.onnx')
  expect(metadata.training.start).toEqual({ file: 'model.onnx (tiny, 6 steps)', sha256: start.sha256 })
  for (const [name, { data }] of start.weights) {
    const moved = weights.get(name)?.data.map((value, at) => Math.abs(value - (data[at] as number)))
    expect(Math.max(...(moved ?? [Number.NaN]))).toBeLessThan(1e-9)
  }
  await expect(run('tuned', { configuration: still, resume: true })).rejects.toThrow(/another configuration/)
  const wide = tinyConfiguration({ network: { levels: 2, features: 4 } })
  await expect(readStart(join(parent, 'straight', 'model.onnx'), wide)).rejects.toThrow(/network features 2/)
})

test('fine-tuning may drop channels and supervise coarser grids though the model did not', async () => {
  const path = join(parent, 'straight', 'model.onnx')
  const start = await readStart(path, tinyConfiguration({ network: { levels: 2, features: 2, dropout: 0.2 } }))
  expect(start.sha256).toHaveLength(64)
})

test('a model whose checkpoint is gone is not written over, and neither is a log of something else', async () => {
  await rename(join(parent, 'tuned', 'checkpoint.safetensors'), join(parent, 'moved'))
  const model = await bytes('tuned', 'model.onnx')
  await expect(run('tuned', { resume: true })).rejects.toThrow(/tuned: holds a model without its checkpoint/)
  expect((await bytes('tuned', 'model.onnx')).equals(model)).toBe(true)
  await mkdir(join(parent, 'foreign'))
  await writeFile(join(parent, 'foreign', 'log.jsonl'), '{"level":"info"}\n')
  await expect(run('foreign')).rejects.toThrow(/line 1 is not a record of a training log; move the file away/)
})

test('the best model is the one of the highest score, with its figures', async () => {
  const records = await readRecords(join(parent, 'straight', 'log.jsonl'))
  const scores = records.flatMap((entry) => (entry.kind === 'validation' ? [entry.metrics.score ?? -1] : []))
  const { metadata } = decodeModel(await bytes('straight', 'best.onnx'), 'best.onnx')
  expect(scores.length).toBe(2)
  expect(metadata.metrics.score).toBe(Math.max(...scores))
})

test('an overfitted network outlines and marks what it was shown', async () => {
  const configuration = tinyConfiguration({
    steps: 400,
    network: { levels: 2, features: 4 },
    pool: { size: 1, reuse: 1000 },
    schedule: { peak: 1e-2, warmUp: 10 },
    averaging: 0.9,
    augmentation: {
      placement: { frame: 'ear', rotation: 0, translation: 0 },
      intensity: { offset: [0, 0], scale: [1, 1], gamma: [1, 1], blur: [0, 0], bias: [0, 0], noise: [0, 0] }
    },
    validation: { cases: 2, every: 400 },
    checkpointEvery: 400
  })
  await run('overfitted', { configuration })
  const records = await readRecords(join(parent, 'overfitted', 'log.jsonl'))
  const last = records.findLast((record) => record.kind === 'validation')
  expect(last?.metrics.dice.labyrinth).toBeGreaterThan(0.8)
  expect(last?.metrics.landmarkError.all).toBeLessThan(1)
})
