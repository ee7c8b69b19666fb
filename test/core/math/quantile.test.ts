import { expect, test } from 'vitest'
import { median, quantile, upperMedian } from '../../../src/core/math/quantile.ts'

test('a quantile lies between the two values next to it', () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantile([30, 10, 20], share))).toEqual([10, 15, 20, 30])
})

test('of an odd number of values both medians are the middle one, of an even number its mean or the greater', () => {
  expect([median([3, 1, 2]), upperMedian([3, 1, 2])]).toEqual([2, 2])
  expect([median([4, 1, 3, 2]), upperMedian([4, 1, 3, 2])]).toEqual([2.5, 3])
})

test('no values have no median', () => {
  expect([median([]), upperMedian([])]).toEqual([Number.NaN, undefined])
})

test('values are ordered as numbers and stay where they are', () => {
  const values = [10, 9, -1]
  expect(upperMedian(values)).toBe(9)
  expect(values).toEqual([10, 9, -1])
})
