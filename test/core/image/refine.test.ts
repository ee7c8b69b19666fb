import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyAffine, voxelCount, voxelIndex, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { refine } from '../../../src/core/image/refine.ts'
import { grids } from '../arbitraries.ts'

test('a refined field keeps its voxels where they are, and cubics along the axes where four voxels surround them', () => {
  fc.assert(
    fc.property(grids(7), (geometry) => {
      const field = (i: number, j: number, k: number): number =>
        1 + i - 0.3 * i ** 3 + j * k + 0.2 * j ** 2 * i - k ** 3 / 9
      const data = Float32Array.from({ length: voxelCount(geometry) }, (_, at) =>
        field(...voxelIndex(geometry.size, at))
      )
      const fine = refine({ geometry, data })
      const [fx, fy] = fine.geometry.size
      const inside = (n: number, count: number): boolean => n % 2 === 0 || (n > 2 && n < 2 * count - 4)
      for (let at = 0; at < fine.data.length; at++) {
        const place = [at % fx, Math.floor(at / fx) % fy, Math.floor(at / (fx * fy))] as const
        const [i, j, k] = [place[0] / 2, place[1] / 2, place[2] / 2]
        if (!place.every((n, axis) => inside(n, geometry.size[axis] as number))) continue
        expect(fine.data[at]).toBeCloseTo(field(i, j, k), 2)
        const [old, now] = [
          applyAffine(worldFromIndex(geometry), [i, j, k]),
          applyAffine(worldFromIndex(fine.geometry), place)
        ]
        for (const axis of [0, 1, 2] as const) expect(now[axis]).toBeCloseTo(old[axis], 6)
      }
    }),
    { numRuns: 30 }
  )
})
