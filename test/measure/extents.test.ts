import { expect, it } from 'vitest'
import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { geometryAround, voxelCount } from '../../src/core/geometry/geometry.ts'
import { identity3, rotationAbout, type Vector3 } from '../../src/core/math/vector.ts'
import { labyrinthExtents } from '../../src/measure/extents.ts'

const n = 60

/** A box of 8 × 5.2 × 3.2 mm, the longest edge along k, on voxels of 0.2 mm. */
const box = Uint8Array.from({ length: n ** 3 }, (_, at) => {
  const place = [at % n, Math.floor(at / n) % n, Math.floor(at / n ** 2)].map((index) => 0.2 * (index - (n - 1) / 2))
  const [x, y, z] = place.map(Math.abs) as [number, number, number]
  return x < 1.6 && y < 2.6 && z < 4 ? 1 + (at % 3) : 0
})

it('measures a box along its own edges, however it is turned', () => {
  for (const axis of [
    [0, 0, 1],
    [1, 0, 0],
    [0.6, 0, 0.8]
  ] satisfies Vector3[]) {
    const geometry = geometryAround([5, 6, 7], [n, n, n], [0.2, 0.2, 0.2], rotationAbout(axis, 0.7))
    const extents = labyrinthExtents(occupancyOfLabels({ geometry, data: box })) ?? expect.unreachable()
    for (const [axisNumber, edge] of [8, 5.2, 3.2].entries()) expect(extents[axisNumber]).toBeCloseTo(edge, 6)
  }
})

it('has nothing to measure where nothing is outlined', () => {
  const geometry = geometryAround([0, 0, 0], [4, 4, 4], [1, 1, 1], identity3)
  const labels = { geometry, data: new Uint8Array(voxelCount(geometry)) }
  expect(labyrinthExtents(occupancyOfLabels(labels))).toBeUndefined()
})
