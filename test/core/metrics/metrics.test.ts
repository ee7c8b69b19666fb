import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distanceTransform } from '../../../src/core/image/distance-transform.ts'
import type { Vector3 } from '../../../src/core/math/vector.ts'
import { averageHausdorff } from '../../../src/core/metrics/average-hausdorff.ts'
import { averageSurfaceDistance } from '../../../src/core/metrics/average-surface-distance.ts'
import { dice } from '../../../src/core/metrics/dice.ts'
import { hausdorff95 } from '../../../src/core/metrics/hausdorff-95.ts'
import { intersectionOverUnion } from '../../../src/core/metrics/intersection-over-union.ts'
import type { MaskPair } from '../../../src/core/metrics/mask-pair.ts'
import { countOverlap } from '../../../src/core/metrics/overlap.ts'
import { type SurfaceDistances, surfaceDistances } from '../../../src/core/metrics/surface-distances.ts'
import { volumetricSimilarity } from '../../../src/core/metrics/volumetric-similarity.ts'
import { box, type Ellipsoid, rasterise, swapped } from './masks.ts'

interface GoldenCase {
  readonly size: Vector3
  readonly spacing: Vector3
  readonly predicted: readonly Ellipsoid[]
  readonly truth: readonly Ellipsoid[]
  readonly voxels: readonly [number, number]
  readonly expected: Readonly<Record<string, number>>
}

const golden = JSON.parse(readFileSync(new URL('../../golden/metrics/expected.json', import.meta.url), 'utf8')) as {
  readonly cases: Readonly<Record<string, GoldenCase>>
}

const size: Vector3 = [24, 20, 16]
const spacing: Vector3 = [0.5, 0.4, 0.3]
const surfaces = (pair: MaskPair): SurfaceDistances => surfaceDistances(pair) as SurfaceDistances

describe.each(Object.entries(golden.cases))('%s, as SimpleITK, MONAI and SciPy have it', (_, golden) => {
  const { predicted, truth } = {
    predicted: rasterise(golden.predicted, golden.size, golden.spacing),
    truth: rasterise(golden.truth, golden.size, golden.spacing)
  }
  const pair: MaskPair = { predicted, truth, size: golden.size, spacing: golden.spacing }
  const overlap = countOverlap(predicted, truth)

  test.each([
    ['dice', () => dice(overlap)],
    ['intersection_over_union', () => intersectionOverUnion(overlap)],
    ['volumetric_similarity', () => volumetricSimilarity(overlap)],
    ['average_hausdorff', () => averageHausdorff(pair)],
    ['average_surface_distance', () => averageSurfaceDistance(surfaces(pair))],
    ['hausdorff_95', () => hausdorff95(surfaces(pair))]
  ])('%s', (name, metric) => {
    expect([overlap.predicted, overlap.truth]).toEqual(golden.voxels)
    expect(metric()).toBeCloseTo(golden.expected[name] as number, 5)
  })
})

test('two boxes that share half of themselves overlap by a half, and by a third of their union', () => {
  const overlap = countOverlap(box(size, [2, 2, 2], [8, 4, 4]), box(size, [6, 2, 2], [8, 4, 4]))
  expect(dice(overlap)).toBe(1 / 2)
  expect(intersectionOverUnion(overlap)).toBe(1 / 3)
  expect(volumetricSimilarity(overlap)).toBe(1)
})

test('a plate moved along its normal is as far away as it was moved, by every distance', () => {
  const pair = { predicted: box(size, [3, 3, 3], [1, 9, 9]), truth: box(size, [7, 3, 3], [1, 9, 9]), size, spacing }
  expect(averageHausdorff(pair)).toBe(4)
  expect(averageSurfaceDistance(surfaces(pair))).toBeCloseTo(4 * spacing[0], 12)
  expect(hausdorff95(surfaces(pair))).toBeCloseTo(4 * spacing[0], 12)
})

test('a body one voxel thicker all around is a voxel away by its surface, less by its voxels', () => {
  const cube: Vector3 = [1, 1, 1]
  const pair = {
    predicted: box(size, [5, 5, 5], [6, 6, 6]),
    truth: box(size, [4, 4, 4], [8, 8, 8]),
    size,
    spacing: cube
  }
  const distances = surfaces(pair)
  expect([...new Set(distances.fromPredicted)]).toEqual([1])
  // 6 · 36 voxels before the faces, 12 · 6 before the edges, 8 before the corners, among 512.
  expect(averageHausdorff(pair)).toBeCloseTo((216 + 72 * Math.SQRT2 + 8 * Math.sqrt(3)) / 512, 12)
})

test('the 95th percentile leaves out what lies far away in less than a twentieth of the surface', () => {
  const far = Float64Array.from({ length: 100 }, (_, at) => (at < 97 ? 0.5 : 50))
  expect(hausdorff95({ fromPredicted: far, fromTruth: Float64Array.of(0.2) })).toBe(0.5)
})

test('empty masks overlap entirely with each other and have no distance to anything', () => {
  const nothing = new Uint8Array(24 * 20 * 16)
  const overlap = countOverlap(nothing, nothing)
  expect([dice(overlap), intersectionOverUnion(overlap), volumetricSimilarity(overlap)]).toEqual([1, 1, 1])
  const pair = { predicted: box(size, [1, 1, 1], [2, 2, 2]), truth: nothing, size, spacing }
  expect([averageHausdorff(pair), surfaceDistances(pair)]).toEqual([null, null])
  expect([averageHausdorff(swapped(pair)), surfaceDistances(swapped(pair))]).toEqual([null, null])
})

const smallSize: Vector3 = [5, 4, 3]
const mask = fc.uint8Array({ minLength: 60, maxLength: 60, max: 1 }).filter((values) => values.includes(1))

test('distances to the nearest voxel are those found by trying all of them', () => {
  fc.assert(
    fc.property(mask, (values) => {
      const place = (at: number): number[] => [at % 5, Math.floor(at / 5) % 4, Math.floor(at / 20)]
      const distances = distanceTransform(values, smallSize, spacing)
      for (let at = 0; at < 60; at++) {
        let nearest = Number.POSITIVE_INFINITY
        for (let to = 0; to < 60; to++) {
          if (values[to] === 0) continue
          const steps = place(at).map((n, axis) => (n - (place(to)[axis] as number)) * (spacing[axis] as number))
          nearest = Math.min(nearest, Math.hypot(...steps))
        }
        expect(distances[at]).toBeCloseTo(nearest, 12)
      }
    })
  )
  expect([...distanceTransform(new Uint8Array(60), smallSize, spacing)]).toEqual(new Array(60).fill(Infinity))
})

test('every metric is the same both ways, and perfect only for equal masks', () => {
  fc.assert(
    fc.property(mask, mask, (predicted, truth) => {
      const pair: MaskPair = { predicted, truth, size: smallSize, spacing }
      const all = (p: MaskPair): number[] => {
        const overlap = countOverlap(p.predicted, p.truth)
        const distances = surfaces(p)
        return [
          dice(overlap),
          intersectionOverUnion(overlap),
          volumetricSimilarity(overlap),
          averageHausdorff(p) as number,
          averageSurfaceDistance(distances),
          hausdorff95(distances)
        ]
      }
      const there = all(pair)
      for (const [n, value] of all(swapped(pair)).entries()) expect(value).toBeCloseTo(there[n] as number, 12)
      const same = predicted.every((value, at) => value === truth[at])
      expect(there[0] === 1).toBe(same)
      expect(there[3] === 0).toBe(same)
    })
  )
})
