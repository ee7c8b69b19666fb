import fc from 'fast-check'
import { expect, it } from 'vitest'
import { add, cross, distance, normalize, scale, type Vector3 } from '../../src/core/math/vector.ts'
import { cochlearPlace, createCochlearFrame, placeOf } from '../../src/ear/cochlear-coordinates.ts'

const number = fc.double({ min: -5, max: 5, noNaN: true })
const vector = fc.tuple(number, number, number)
const roundWindow: Vector3 = [3, -2, 1]
const point: Vector3 = [0, 1, -1]
/** An axis at right angles to the way to the round window, so that this lies at height 0. */
const direction = normalize(cross([3, -3, 2], [0, 0, 1]))
const frame = createCochlearFrame({ point, direction }, roundWindow)

it('the round window lies at 0° and height 0', () => {
  const { radius, angle, height } = cochlearPlace(frame, roundWindow)
  expect(angle).toBeCloseTo(0, 12)
  expect(height).toBeCloseTo(0, 12)
  expect(radius).toBeCloseTo(Math.sqrt(22), 12)
})

it('a place and its consensus coordinates are the same place', () => {
  fc.assert(
    fc.property(vector, (place) => {
      expect(distance(placeOf(frame, cochlearPlace(frame, place)), place)).toBeLessThan(1e-9)
    })
  )
})

it('moving along the axis changes the height alone', () => {
  fc.assert(
    fc.property(vector, number, (place, rise) => {
      const [before, after] = [place, add(place, scale(direction, rise))].map((at) => cochlearPlace(frame, at))
      expect(after?.height).toBeCloseTo((before?.height ?? Number.NaN) + rise, 9)
      expect(after?.radius).toBeCloseTo(before?.radius ?? Number.NaN, 9)
    })
  )
})
