import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  column,
  cross,
  determinant,
  dot,
  fromColumns,
  identity3,
  inverse,
  type Matrix3,
  multiply,
  norm,
  normalize,
  rotationAbout,
  row,
  transform,
  transpose
} from '../../../src/core/math/vector.ts'
import { directions, points } from '../arbitraries.ts'

const tiny = 1e-9

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = tiny): void {
  for (const [at, value] of actual.entries()) expect(Math.abs(value - (expected[at] as number))).toBeLessThan(tolerance)
}

test('the cross product is perpendicular to both, and as long as their parallelogram is large', () => {
  fc.assert(
    fc.property(points(10), points(10), (a, b) => {
      const c = cross(a, b)
      expect(Math.abs(dot(c, a))).toBeLessThan(1e-9)
      expect(Math.abs(dot(c, b))).toBeLessThan(1e-9)
      expect(norm(c) ** 2).toBeCloseTo(dot(a, a) * dot(b, b) - dot(a, b) ** 2, 6)
    })
  )
  expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1])
})

test('an orientation is undone by its transpose, which is its inverse', () => {
  fc.assert(
    fc.property(directions, (m) => {
      expectClose(multiply(m, transpose(m)), identity3)
      expectClose(inverse(m), transpose(m))
      expect(Math.abs(determinant(m))).toBeCloseTo(1, 9)
    })
  )
})

test('the inverse of a matrix undoes it', () => {
  fc.assert(
    fc.property(points(5), points(5), points(5), points(5), (a, b, c, v) => {
      const m = fromColumns(a, b, c)
      fc.pre(Math.abs(determinant(m)) > 0.1)
      expectClose(transform(inverse(m), transform(m, v)), v, 1e-6)
    })
  )
})

test('multiplying matrices is applying one after the other', () => {
  fc.assert(
    fc.property(directions, directions, points(10), (a, b, v) => {
      expectClose(transform(multiply(a, b), v), transform(a, transform(b, v)))
    })
  )
})

test('rows and columns are distinguished', () => {
  const m: Matrix3 = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  expect(row(m, 1)).toEqual([4, 5, 6])
  expect(column(m, 1)).toEqual([2, 5, 8])
  expect(fromColumns(column(m, 0), column(m, 1), column(m, 2))).toEqual(m)
  expect(transform(m, [0, 1, 0])).toEqual(column(m, 1))
})

test('a rotation keeps its axis, turns right-handed and by the angle it was given', () => {
  expectClose(transform(rotationAbout([0, 0, 1], Math.PI / 2), [1, 0, 0]), [0, 1, 0])
  expectClose(transform(rotationAbout([1, 0, 0], Math.PI / 2), [0, 1, 0]), [0, 0, 1])
  fc.assert(
    fc.property(points(1), fc.double({ min: -3, max: 3, noNaN: true }), (v, angle) => {
      fc.pre(norm(v) > 0.01)
      const axis = normalize(v)
      const turn = rotationAbout(axis, angle)
      expectClose(transform(turn, axis), axis)
      // The trace of a rotation is 1 + 2 cos(angle).
      expect(turn[0] + turn[4] + turn[8]).toBeCloseTo(1 + 2 * Math.cos(angle), 9)
    })
  )
})
