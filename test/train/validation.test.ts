import { expect, test } from 'vitest'
import type { Session, Tensor } from '../../src/runtime/session.ts'
import { prepareSamples } from '../../src/train/samples/prepare.ts'
import type { ValidationSample } from '../../src/train/samples/stream.ts'
import { heatmaps, oneHot } from '../../src/train/samples/targets.ts'
import { validate } from '../../src/train/validation.ts'
import { analyticCases } from './analytic-cases.ts'
import { tinyConfiguration } from './tiny-configuration.ts'

const configuration = tinyConfiguration({
  grid: { size: [24, 24, 24], spacing: 0.5, frame: 'ear', center: [0, 0, 0] }
})
const samples = prepareSamples(configuration, analyticCases)
const tensor = (channels: number, data: Float32Array): Tensor => ({ dims: [1, channels, 24, 24, 24], data })

/** A session that answers from the truth. */
function oracle(answer: (sample: ValidationSample) => Record<string, Tensor>, held: ValidationSample[]): Session {
  return {
    inputNames: ['image'],
    outputNames: ['labels', 'landmarks'],
    run: async ({ image }) => answer(held.find((sample) => sample.image === image) as ValidationSample),
    release: async () => {}
  }
}

test('the truth itself has a Dice of one and misses no landmark by more than a tenth of a millimetre', async () => {
  const held = [await samples.validation(0), await samples.validation(1)]
  const session = oracle(
    (sample) => ({
      labels: tensor(4, oneHot(sample.labels as Uint8Array)),
      landmarks: tensor(3, heatmaps(sample.geometry, sample.landmarks, 1.5))
    }),
    held
  )
  const metrics = await validate(session, held, 1.5)
  expect(metrics.cases).toBe(2)
  expect(metrics.dice).toEqual({ cochlea: 1, vestibule: 1, semicircular_canals: 1, labyrinth: 1 })
  expect(metrics.landmarkError.all).toBeLessThan(0.1)
  expect(metrics.labyrinth).toEqual({ averageSurfaceDistance: 0, hausdorff95: 0, averageHausdorff: 0 })
  expect(metrics.landmarksFound).toBe(1)
  expect(metrics.score).toBeCloseTo(1 - 0.1 * (metrics.landmarkError.all as number), 12)
  expect(metrics.falseShare).toBeNull()
})

test('Dice counts what is shared: half of a part found, nothing else, gives two thirds', async () => {
  const held = [await samples.validation(0)]
  const session = oracle((sample) => {
    const labels = sample.labels as Uint8Array
    const half = labels.slice()
    let seen = 0
    labels.forEach((label, at) => {
      if (label === 1 && seen++ % 2 === 0) half[at] = 0
    })
    return { labels: tensor(4, oneHot(half)) }
  }, held)
  const metrics = await validate(session, held, 1.5)
  expect(metrics.dice.cochlea).toBeCloseTo(2 / 3, 2)
  expect(metrics.dice.vestibule).toBe(1)
  expect(metrics.landmarkError.all).toBeNull()
})

test('where there is no ear the share of voxels called labyrinth is reported', async () => {
  const sample = await samples.validation(0)
  const empty = { ...sample, labels: new Uint8Array(24 ** 3), landmarks: [] }
  const guess = new Uint8Array(24 ** 3).fill(2, 0, 24 ** 2)
  const metrics = await validate(
    oracle(() => ({ labels: tensor(4, oneHot(guess)) }), [empty]),
    [empty],
    1.5
  )
  expect(metrics.falseShare).toBeCloseTo(1 / 24, 9)
  expect(metrics.dice.labyrinth).toBeNull()
})

test('a landmark that shows no peak is missed and costs as much as one that is 5 mm off', async () => {
  const held = [await samples.validation(0)]
  const flat = oracle(() => ({ landmarks: tensor(3, new Float32Array(3 * 24 ** 3)) }), held)
  const metrics = await validate(flat, held, 1.5)
  expect(metrics).toMatchObject({ landmarksFound: 0, landmarkError: { all: null } })
  expect(metrics.score).toBeCloseTo(0.5, 12)
})

test('what the truth does not hold is not evaluated', async () => {
  const unknown = { ...(await samples.validation(0)), labels: undefined, landmarks: [] }
  const answer = {
    labels: tensor(4, new Float32Array(4 * 24 ** 3)),
    landmarks: tensor(3, new Float32Array(3 * 24 ** 3))
  }
  const metrics = await validate(
    oracle(() => answer, [unknown]),
    [unknown],
    1.5
  )
  expect(metrics).toMatchObject({ cases: 1, falseShare: null, landmarksFound: null, score: null })
  expect(metrics.dice.labyrinth).toBeNull()
})
