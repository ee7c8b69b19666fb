import { expect, test } from 'vitest'
import { createGeometry } from '../../src/core/geometry/geometry.ts'
import { middleOf } from '../../web/ear-middle.ts'

// Axes to left, posterior and superior, the first turned round.
const grid = createGeometry({
  size: [9, 9, 9],
  spacing: [0.5, 1, 2],
  origin: [40, 0, 0],
  direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1]
})
const none = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }

test('the middle of an ear is that of its surfaces, with a margin around the farthest', () => {
  const cochlea = { ...none, vertices: Float64Array.of(36, 2, 4, 38, 2, 4) }
  const vestibule = { ...none, vertices: Float64Array.of(37, 6, 14) }
  const surfaces = { cochlea, vestibule, semicircular_canals: none }
  const { place, reach } = middleOf({ grid, surfaces, crosshair: [0, 0, 0] })
  expect(place.map((mm) => Number(mm.toFixed(9)))).toEqual([37, 4, 9])
  expect(reach).toBeCloseTo(5 + 2)
})

test('an ear without surfaces is looked at where its crosshair is, as a whole', () => {
  const surfaces = { cochlea: none, vestibule: none, semicircular_canals: none }
  expect(middleOf({ grid, surfaces, crosshair: [1, 2, 3] })).toEqual({ place: [1, 2, 3], reach: Infinity })
})
