import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAround, cropVoxels } from '../../../src/core/image/box.ts'
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
