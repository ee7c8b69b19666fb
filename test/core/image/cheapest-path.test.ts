import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { voxelIndex } from '../../../src/core/geometry/geometry.ts'
import { cheapestPath } from '../../../src/core/image/cheapest-path.ts'
import type { Vector3 } from '../../../src/core/math/vector.ts'

const size: Vector3 = [4, 3, 3]
const spacing: Vector3 = [0.5, 0.7, 1]
const count = size[0] * size[1] * size[2]
const last = count - 1

/** Length (mm) of the step between two voxels; infinite when they do not touch. */
function step(from: number, to: number): number {
  const [a, b] = [voxelIndex(size, from), voxelIndex(size, to)]
  const apart = a.map((n, axis) => n - (b[axis] as number))
  if (apart.some((n) => Math.abs(n) > 1)) return Number.POSITIVE_INFINITY
  return Math.hypot(...apart.map((n, axis) => n * (spacing[axis] as number)))
}

/** Least costs from the first voxel to each, by as many rounds over all pairs as a path can have steps. */
function leastCosts(costs: Float32Array): number[] {
  const least = Array.from(costs, (_, at) => (at === 0 ? 0 : Number.POSITIVE_INFINITY))
  for (let round = 0; round < count; round++) {
    for (let to = 0; to < count; to++) {
      for (let from = 0; from < count; from++) {
        const length = from === to ? Number.POSITIVE_INFINITY : step(from, to)
        const cost = costs[to] as number
        if (Number.isFinite(length) && Number.isFinite(cost))
          least[to] = Math.min(least[to] as number, (least[from] as number) + length * cost)
      }
    }
  }
  return least
}

describe('cheapestPath', () => {
  const cost = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.double({ min: 0, max: 3, noNaN: true }))

  it('costs what the best of all paths costs, and its voxels touch from the target to the source', () => {
    fc.assert(
      fc.property(fc.array(cost, { minLength: count, maxLength: count }), (values) => {
        const costs = Float32Array.from(values)
        const path = cheapestPath(costs, size, spacing, [0], [last])
        const least = leastCosts(costs)[last] as number
        if (path === undefined) {
          expect(least).toBe(Number.POSITIVE_INFINITY)
          return
        }
        expect(path.cost).toBeCloseTo(least, 9)
        expect([path.voxels[0], path.voxels.at(-1)]).toEqual([last, 0])
        const sum = path.voxels.slice(1).reduce((total, to, n) => {
          const from = path.voxels[n] as number
          return total + step(from, to) * (costs[from] as number)
        }, 0)
        expect(sum).toBeCloseTo(path.cost, 9)
      }),
      { numRuns: 60 }
    )
  })

  it('ends at the nearest of several targets', () => {
    const path = cheapestPath(new Float32Array(count).fill(1), size, spacing, [0], [last, 2])
    expect(path?.voxels).toEqual([2, 1, 0])
  })
})
