import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refinedGrid } from '../../../src/analyze/refine/refined-grid.ts'
import { applyAffine, geometryAround, indexFromIndex, voxelCount } from '../../../src/core/geometry/geometry.ts'
import { identity3, type Vector3 } from '../../../src/core/math/vector.ts'

const ear = geometryAround([0, 0, 0], [20, 20, 20], [0.3, 0.3, 0.3], identity3)
const everywhere = new Uint8Array(voxelCount(ear)).fill(1)

test("voxels of the scan that are no coarser than 0.3 mm and no finer than asked are the grid's", () => {
  const scan = geometryAround([0.03, 0, 0], [80, 80, 60], [0.16, 0.2, 0.3], identity3)
  const grid = refinedGrid(ear, everywhere, scan, { finest: 0.13, keepCenters: true })
  expect(grid?.spacing).toEqual([0.16, 0.2, 0.3])
})

test('finer voxels are taken together', () => {
  const scan = geometryAround([0, 0, 0], [200, 200, 200], [0.05, 0.05, 0.05], identity3)
  expect(refinedGrid(ear, everywhere, scan, { finest: 0.13, keepCenters: true })?.spacing[0]).toBeCloseTo(0.1)
})

test('coarse voxels are divided so that their centres stay centres', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.31, max: 1.2, noNaN: true }), (mm) => {
      const scan = geometryAround([0.1, -0.2, 0], [20, 20, 20], [mm, mm, mm], identity3)
      const grid = refinedGrid(ear, everywhere, scan, { finest: 0.13, keepCenters: true }) ?? expect.unreachable()
      expect(grid.spacing[0]).toBeLessThanOrEqual(0.25 + 1e-9)
      const pieces = Math.round(mm / grid.spacing[0])
      const middle = (pieces - 1) / 2
      const center: Vector3 = [middle, middle, middle]
      for (const index of applyAffine(indexFromIndex(grid, scan), center)) {
        expect(Math.abs(index - Math.round(index))).toBeLessThan(1e-6)
      }
    })
  )
})

test('where centres need not be kept, voxels are divided into as few pieces as are short enough', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 1.2, noNaN: true }), (mm) => {
      const scan = geometryAround([0.1, -0.2, 0], [20, 20, 20], [mm, mm, mm], identity3)
      const grid = refinedGrid(ear, everywhere, scan, { finest: 0.32, keepCenters: false }) ?? expect.unreachable()
      const pieces = Math.round(mm / grid.spacing[0])
      expect(grid.spacing[0]).toBeLessThanOrEqual(0.32 + 1e-9)
      if (pieces > 1) expect(mm / (pieces - 1)).toBeGreaterThan(0.32)
      // The pieces of a voxel fill it: the grid begins at a voxel's border.
      const border = applyAffine(indexFromIndex(grid, scan), [-0.5, -0.5, -0.5])
      if (mm > 0.32)
        for (const index of border) expect(Math.abs(index - 0.5 - Math.round(index - 0.5))).toBeLessThan(1e-6)
    })
  )
})

test('there is no grid where the ear lies outside the scan', () => {
  const scan = geometryAround([50, 0, 0], [20, 20, 20], [0.3, 0.3, 0.3], identity3)
  expect(refinedGrid(ear, everywhere, scan, { finest: 0.13, keepCenters: true })).toBeUndefined()
})
