import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  boxAround,
  boxesOverlap,
  countWithin,
  cropVoxels,
  overlapOf,
  type VoxelBox
} from '../../../src/core/image/box.ts'
import { voxelsAbove, voxelsBelow } from '../../../src/core/image/threshold.ts'
import { sizes } from '../arbitraries.ts'

const fields = sizes(1, 6).chain((size) =>
  fc
    .array(fc.integer({ min: -3, max: 3 }), { minLength: size[0] * size[1] * size[2], maxLength: 216 })
    .map((values) => ({ size, values: Float32Array.from(values.slice(0, size[0] * size[1] * size[2])) }))
)

test('a box around a mask holds all of its voxels in their order, and no layer of them can be left out', () => {
  fc.assert(
    fc.property(fields, ({ size, values }) => {
      const mask = voxelsAbove(values, 2)
      const box = boxAround(mask, size, 0)
      const hasVoxels = values.some((value) => value > 2)
      expect(box !== undefined).toBe(hasVoxels)
      if (box === undefined) return
      const inside = cropVoxels(values, size, box)
      const greatest = (array: Float32Array): number[] => [...array].filter((value) => value > 2)
      expect(greatest(inside)).toEqual(greatest(values))
      const ends = [0, 1, 2].map((axis) => {
        const along = [...inside.keys()].filter((at) => (inside[at] as number) > 2)
        const index = (at: number): number =>
          [at % box.size[0], Math.floor(at / box.size[0]) % box.size[1], Math.floor(at / box.size[0] / box.size[1])][
            axis
          ] as number
        return [Math.min(...along.map(index)), Math.max(...along.map(index)) + 1]
      })
      expect(ends).toEqual(box.size.map((count) => [0, count]))
    })
  )
})

const grid = [6, 5, 4] as const
const boxes = fc.tuple(...grid.map((size) => fc.tuple(fc.nat(size - 1), fc.nat(size - 1)))).map((ends): VoxelBox => {
  const [x, y, z] = ends.map(([a, b]) => [Math.min(a, b), Math.abs(a - b) + 1] as const) as [
    [number, number],
    [number, number],
    [number, number]
  ]
  return { start: [x[0], y[0], z[0]], size: [x[1], y[1], z[1]] }
})

test('the overlap of two boxes holds the voxels that lie in both', () => {
  fc.assert(
    fc.property(boxes, boxes, (a, b) => {
      const mask = new Uint8Array(grid[0] * grid[1] * grid[2])
      for (let at = 0; at < mask.length; at++) {
        const place = [at % grid[0], Math.floor(at / grid[0]) % grid[1], Math.floor(at / grid[0] / grid[1])]
        const isIn = ({ start, size }: VoxelBox) =>
          place.every(
            (index, axis) =>
              index >= (start[axis] as number) && index < (start[axis] as number) + (size[axis] as number)
          )
        if (isIn(a) && isIn(b)) mask[at] = 1
      }
      const both = overlapOf(a, b)
      expect(both !== undefined).toBe(boxesOverlap(a, b))
      expect(both ?? null).toEqual(boxAround(mask, grid, 0) ?? null)
      if (both !== undefined) expect(countWithin(mask, grid, both)).toBe(both.size[0] * both.size[1] * both.size[2])
    })
  )
})

test('a margin ends at the border of the grid', () => {
  const mask = Uint8Array.of(0, 0, 0, 0, 1, 0)
  expect(boxAround(mask, [6, 1, 1], 2)).toEqual({ start: [2, 0, 0], size: [4, 1, 1] })
  expect(boxAround(mask, [3, 2, 1], 1)).toEqual({ start: [0, 0, 0], size: [3, 2, 1] })
})

test('a value at the level, or none at all, is neither above nor below it', () => {
  const values = Float32Array.of(-1, 0, 1, Number.NaN)
  expect([...voxelsAbove(values, 0)]).toEqual([0, 0, 1, 0])
  expect([...voxelsBelow(values, 0)]).toEqual([1, 0, 0, 0])
})
