import { expect, test } from 'vitest'
import { applyAffine, centerOf, indexFromWorld, isLeftHanded } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { column, distance, dot, transform } from '../../../src/core/math/vector.ts'
import type { EarFrame } from '../../../src/ear/ear-frame.ts'
import { prepareSamples } from '../../../src/train/samples/prepare.ts'
import { applySample, sampleAugmentation } from '../../../src/train/samples/sample.ts'
import { analyticCases } from '../analytic-cases.ts'
import { tinyConfiguration } from '../tiny-configuration.ts'

const configuration = tinyConfiguration()
const samples = prepareSamples(configuration, analyticCases)

test('a sample has the shapes the network wants and values within the window', async () => {
  const { sample } = await samples.training(0)
  expect(sample.image.dims).toEqual([1, 1, 8, 16, 12])
  expect(sample.labels.dims).toEqual([1, 4, 8, 16, 12])
  expect(sample.heatmaps.dims).toEqual([1, 3, 8, 16, 12])
  expect(sample.landmarkMask).toEqual({ dims: [1, 3, 1, 1, 1], data: Float32Array.of(1, 1, 1) })
  expect(Math.min(...sample.image.data)).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...sample.image.data)).toBeLessThanOrEqual(1)
  const voxels = 8 * 16 * 12
  for (let at = 0; at < voxels; at++) {
    const classes = [0, 1, 2, 3].map((label) => sample.labels.data[label * voxels + at])
    expect(classes.filter((value) => value === 1)).toHaveLength(1)
  }
})

test('the recorded parameters give the same sample again, after a trip through JSON', async () => {
  const { sample, case: index, parameters } = await samples.training(5)
  const again = applySample(JSON.parse(JSON.stringify(parameters)), configuration, analyticCases.draw(index))
  expect(again).toEqual(sample)
})

test('samples do not depend on which were taken before', async () => {
  const later = await prepareSamples(configuration, analyticCases).training(4)
  expect(await samples.training(4)).toEqual(later)
})

test('an ear-frame grid lies on the ear within the errors allowed', () => {
  const trainingCase = analyticCases.draw(2)
  const frame = trainingCase.frames[0] as EarFrame
  for (let seed = 0; seed < 50; seed++) {
    const { geometry } = sampleAugmentation(configuration, trainingCase, createRandom(seed))
    expect(distance(centerOf(geometry), frame.origin)).toBeLessThanOrEqual(Math.sqrt(3) * 2.5 * 0.8)
    const cosine = Math.cos((2.5 * 6 * Math.PI) / 180)
    for (const axis of [0, 1, 2] as const) {
      expect(dot(column(geometry.direction, axis), column(frame.direction, axis))).toBeGreaterThan(cosine - 1e-9)
    }
  }
})

test('the grid middle is where the configuration puts it in the ear frame', () => {
  const still = tinyConfiguration({
    grid: { ...configuration.grid, center: [1, -2, 3] },
    augmentation: { placement: { frame: 'ear', rotation: 0, translation: 0 } }
  })
  const trainingCase = analyticCases.draw(0)
  const frame = trainingCase.frames[0] as EarFrame
  const { geometry } = sampleAugmentation(still, trainingCase, createRandom(1))
  const offset = transform(frame.direction, [1, -2, 3])
  expect(
    distance(centerOf(geometry), [0, 1, 2].map((a) => frame.origin[a as 0] + offset[a as 0]) as never)
  ).toBeLessThan(1e-9)
})

test('windows of the detector keep the axes of the world and often see no ear', () => {
  const detector = tinyConfiguration({
    role: 'detector',
    grid: { ...configuration.grid, frame: 'LPS' },
    augmentation: { placement: { frame: 'LPS', nearEar: 0.5, offset: 3, mirror: 0.5 } }
  })
  const trainingCase = analyticCases.draw(1)
  const frame = trainingCase.frames[0] as EarFrame
  const drawn = Array.from(
    { length: 200 },
    (_, seed) => sampleAugmentation(detector, trainingCase, createRandom(seed)).geometry
  )
  const near = drawn.filter((grid) => centerOf(grid).every((at, a) => Math.abs(at - (frame.origin[a] as number)) <= 3))
  expect(near.length).toBeGreaterThan(80)
  expect(near.length).toBeLessThan(160)
  const mirrored = drawn.filter(isLeftHanded)
  expect(mirrored.length).toBeGreaterThan(70)
  expect(mirrored.length).toBeLessThan(130)
  expect(drawn.every(({ direction }) => direction.map(Math.abs).join() === '1,0,0,0,1,0,0,0,1')).toBe(true)
})

test('a heatmap peaks at its landmark, on a grid posed for the other side too', () => {
  const otherSide = tinyConfiguration({
    augmentation: { placement: { frame: 'ear', wrongSide: 1 } }
  })
  const trainingCase = analyticCases.draw(3)
  const parameters = sampleAugmentation(otherSide, trainingCase, createRandom(9))
  expect(isLeftHanded(parameters.geometry)).toBe(trainingCase.frames[0]?.side === 'right')
  const { heatmaps, labels } = applySample(parameters, otherSide, trainingCase)
  const voxels = 8 * 16 * 12
  trainingCase.landmarks.forEach((landmark, kind) => {
    if (landmark.status !== 'defined') throw new Error('the balls have all landmarks')
    const map = heatmaps.data.subarray(kind * voxels, (kind + 1) * voxels)
    const [i, j, k] = applyAffine(indexFromWorld(parameters.geometry), landmark.position).map(Math.round) as [
      number,
      number,
      number
    ]
    if (i < 0 || i > 11 || j < 0 || j > 15 || k < 0 || k > 7) return
    const at = i + 12 * (j + 16 * k)
    expect(map[at]).toBe(Math.max(...map))
    // Landmark and part share a place in the analytic cases, so the label there is the part's.
    expect(labels.data[(kind + 1) * voxels + at]).toBe(1)
  })
})

test('a landmark the case does not hold is masked, an absent one is learnt as absent', () => {
  const { landmarks, ...rest } = analyticCases.draw(0)
  const trainingCase = {
    ...rest,
    landmarks: [{ id: 'oval_window', status: 'undefined', confidence: 1 } as const, ...landmarks.slice(2)]
  }
  const parameters = sampleAugmentation(configuration, trainingCase, createRandom(1))
  const { heatmaps, landmarkMask } = applySample(parameters, configuration, trainingCase)
  expect([...landmarkMask.data]).toEqual([0, 1, 1])
  expect(heatmaps.data.subarray(0, 2 * 8 * 16 * 12).every((value) => value === 0)).toBe(true)
})
