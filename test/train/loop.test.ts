import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeModel } from '../../src/network/model-file.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { TrainingConfiguration } from '../../src/train/configuration.ts'
import { type LogRecord, readRecords } from '../../src/train/log.ts'
import { train } from '../../src/train/loop.ts'
import { prepareSamples } from '../../src/train/samples/prepare.ts'
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
}

function run(folder: string, { configuration = tinyConfiguration(), resume = false, stopAfter }: Changes = {}) {
  const stop = new AbortController()
  return train({
    configuration,
    samples: prepareSamples(configuration, analyticCases),
    cases: analyticCases.name,
    runtime: nodeRuntime,
    folder: join(parent, folder),
    resume,
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

test('the model file carries its recipe, its data and its figures', async () => {
  const configuration = tinyConfiguration()
  const { metadata, weights } = decodeModel(await bytes('straight', 'model.onnx'), 'model.onnx')
  expect(metadata).toMatchObject({ name: 'tiny', role: 'outliner', grid: configuration.grid, heatmapSigma: 1.5 })
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
  await expect(run('wild', { configuration: wild })).rejects.toThrow(/seed 3, case \d+.*step \d+.*lower/)
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
}, 60_000)
