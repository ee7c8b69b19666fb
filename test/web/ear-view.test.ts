import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyAffine,
  createGeometry,
  isLeftHanded,
  voxelCount,
  voxelIndex,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import { column, distance, multiply, type Vector3 } from '../../src/core/math/vector.ts'
import { niivueVolume } from '../../web/viewer/niivue-volume.ts'
import { encodeView, reordered, uprightGrid } from '../../web/worker/ear-view.ts'
import { grids } from '../core/arbitraries.ts'

test('a grid turned upright has the same voxels in the same places', () => {
  fc.assert(
    fc.property(grids(12), (box) => {
      const grid = uprightGrid(box)
      const places = Float32Array.from({ length: voxelCount(box) }, (_, at) => at)
      const turned = reordered({ geometry: box, data: places }, grid, new Float32Array(places.length))
      const at = places.length >> 1
      const index = voxelIndex(grid.size, at)
      const from = turned[at] as number
      const [mx, my] = box.size
      const before: Vector3 = [from % mx, Math.floor(from / mx) % my, Math.floor(from / (mx * my))]
      const here = applyAffine(worldFromIndex(grid), index)
      expect(distance(here, applyAffine(worldFromIndex(box), before))).toBeLessThan(1e-6)
      expect(reordered({ geometry: grid, data: turned }, box, new Float32Array(places.length))).toEqual(places)
    })
  )
})

test('its axes run to right, anterior and superior, also of a left-handed grid', () => {
  const flipped = createGeometry({
    size: [4, 5, 6],
    spacing: [1, 2, 3],
    origin: [7, 8, 9],
    direction: multiply([0, 0, -1, 1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 1, 0, 0, 0, -1])
  })
  const grid = uprightGrid(flipped)
  expect(grid.size).toEqual([6, 4, 5])
  expect([0, 1, 2].map((axis) => column(grid.direction, axis as 0 | 1 | 2))).toEqual(
    [
      [-1, 0, 0],
      [0, -1, 0],
      [0, 0, 1]
    ].map((axis) => axis.map((n) => expect.closeTo(n, 12)))
  )
  expect(isLeftHanded(grid)).toBe(false)
})

test('the library that draws keeps the order of axes, however the scan is turned, so that a place is drawn where it is', async () => {
  await fc.assert(
    fc.asyncProperty(grids(6), async (box) => {
      const grid = uprightGrid(box)
      const data = Int16Array.from({ length: voxelCount(box) }, (_, at) => at + 1)
      const image = encodeView({ geometry: box, data }, { box, grid })
      const { permRAS, dimsRAS, pixDimsRAS } = await niivueVolume(image)
      expect(permRAS).toEqual([1, 2, 3])
      expect(dimsRAS?.slice(1)).toEqual(grid.size)
      expect(pixDimsRAS?.slice(1)).toEqual(grid.spacing.map((mm) => expect.closeTo(mm, 5)))
    })
  )
})
