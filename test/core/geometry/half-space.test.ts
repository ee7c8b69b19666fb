import { expect, test } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { fillBeyond, type HalfSpace, reachesBeyond } from '../../../src/core/geometry/half-space.ts'
import { identity3 } from '../../../src/core/math/vector.ts'

const grid = createGeometry({ size: [3, 3, 1], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })

test('voxels beyond an oblique plane get a value, those before it and on it stay', () => {
  const beyond: HalfSpace = { point: [1, 1, 0], normal: [Math.SQRT1_2, Math.SQRT1_2, 0] }
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
  fillBeyond({ geometry: grid, data }, beyond, 0)
  expect([...data]).toEqual([1, 2, 3, 4, 5, 0, 7, 0, 0])
})

test('a grid reaches beyond a plane where the middle of a voxel does', () => {
  const beyondX = (x: number): HalfSpace => ({ point: [x, 50, 0], normal: [1, 0, 0] })
  expect([1.9, 2.1].map((x) => reachesBeyond(grid, beyondX(x)))).toEqual([true, false])
})
