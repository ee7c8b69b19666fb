import { expect, test } from 'vitest'
import { clinicalScan, clinicalSpacing } from '../../src/calibrate/clinical-scan.ts'
import { centerOf, geometryAround, voxelCount } from '../../src/core/geometry/geometry.ts'
import { distance, rotationAbout } from '../../src/core/math/vector.ts'

const turned = rotationAbout([0, 0, 1], 0.3)
const fine = geometryAround([10, -20, 30], [60, 50, 40], [0.15, 0.15, 0.15], turned)

test('a clinical scan has coarse voxels along the axes of the fine one, about the same middle and within it', () => {
  const { geometry } = clinicalScan({ geometry: fine, data: new Int16Array(voxelCount(fine)) }, 1)
  expect(geometry.spacing).toEqual(clinicalSpacing)
  expect(geometry.direction).toEqual(fine.direction)
  expect(geometry.size).toEqual([23, 19, 9])
  expect(distance(centerOf(geometry), centerOf(fine))).toBeLessThan(1e-9)
})

test('it keeps an even grey, its edges included, but for noise that a seed draws', () => {
  const even = { geometry: fine, data: new Int16Array(voxelCount(fine)).fill(800) }
  const { data } = clinicalScan(even, 1)
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length
  const sd = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)
  expect(Math.abs(mean - 800)).toBeLessThan(4)
  expect(Math.abs(sd - 40)).toBeLessThan(2)
  expect(clinicalScan(even, 1).data).toEqual(data)
  expect(clinicalScan(even, 2).data).not.toEqual(data)
})

test('a thin wall of bone is blurred over its neighbours', () => {
  const data = new Int16Array(voxelCount(fine))
  for (let at = 0; at < data.length; at++) data[at] = at % fine.size[0] === 30 ? 2000 : 0
  const { geometry, data: coarse } = clinicalScan({ geometry: fine, data }, 1)
  const [nx] = geometry.size
  const columns = Array.from({ length: nx }, (_, i) => {
    const values = [...coarse].filter((_value, at) => at % nx === i)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  })
  const peak = Math.max(...columns)
  expect(peak).toBeGreaterThan(400)
  expect(peak).toBeLessThan(900)
  // What the wall holds in all: 2000 HU over 0.15 mm, in voxels of 0.39 mm.
  expect(columns.reduce((sum, value) => sum + value, 0) * 0.39).toBeCloseTo(2000 * 0.15, -1)
})
