import { expect, it } from 'vitest'
import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { measureVolumes } from '../../src/measure/volumes.ts'

it('sums the shares of voxels in each part and multiplies by the volume of a voxel', () => {
  const geometry = geometryAround([0, 0, 0], [4, 2, 1], [0.5, 0.4, 2], identity3)
  const { parts, labyrinth } = measureVolumes(
    occupancyOfLabels({ geometry, data: Uint8Array.of(0, 1, 1, 1, 2, 3, 3, 0) })
  )
  expect(parts.cochlea).toBeCloseTo(1.2, 12)
  expect(parts.vestibule).toBeCloseTo(0.4, 12)
  expect(parts.semicircular_canals).toBeCloseTo(0.8, 12)
  expect(labyrinth).toBeCloseTo(2.4, 12)
})

it('measures a ball to within the error of its voxels', () => {
  const [n, radius] = [60, 2.6]
  const geometry = geometryAround([0, 0, 0], [n, n, n], [0.1, 0.1, 0.1], identity3)
  const inside = (at: number): boolean => {
    const place = [at % n, Math.floor(at / n) % n, Math.floor(at / n ** 2)].map((index) => 0.1 * (index - (n - 1) / 2))
    return Math.hypot(...place) < radius
  }
  const data = Uint8Array.from({ length: n ** 3 }, (_, at) => (inside(at) ? 2 : 0))
  const expected = (4 / 3) * Math.PI * radius ** 3
  expect(Math.abs(measureVolumes(occupancyOfLabels({ geometry, data })).parts.vestibule / expected - 1)).toBeLessThan(
    0.005
  )
})
