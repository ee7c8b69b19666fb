import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Affine, applyAffine, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { distance, mirror, multiply, normalize, rotationAbout } from '../../src/core/math/vector.ts'
import { movedGeometry, movedLandmark, movedMesh } from '../../src/core/move.ts'
import { grids } from './arbitraries.ts'

const matrix = rotationAbout(normalize([1, 2, 3]), 0.7)
const maps: readonly (readonly [string, Affine])[] = [
  ['a rotation', { matrix, offset: [4, -5, 6] }],
  ['a rotation that mirrors', { matrix: multiply(mirror, matrix), offset: [4, -5, 6] }]
]

test.each(maps)('a grid, a landmark and a surface are carried to where %s leads their places', (_, map) => {
  fc.assert(
    fc.property(grids(9), (grid) => {
      const last = [grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1] as const
      const here = applyAffine(worldFromIndex(grid), last)
      expect(
        distance(applyAffine(worldFromIndex(movedGeometry(grid, map)), last), applyAffine(map, here))
      ).toBeLessThan(1e-6)
    })
  )
  const place = [1, 2, 3] as const
  const moved = movedLandmark({ id: 'helicotrema', status: 'defined', position: place, confidence: 0.4 }, map)
  expect(moved).toEqual({ id: 'helicotrema', status: 'defined', position: applyAffine(map, place), confidence: 0.4 })
  const mesh = { vertices: Float64Array.of(0, 0, 0, ...place), triangles: Uint32Array.of(0, 1, 1) }
  expect([...movedMesh(mesh, map).vertices]).toEqual([...map.offset, ...applyAffine(map, place)])
})
