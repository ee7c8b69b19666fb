import { expect, test } from 'vitest'
import { compare, meanWithInterval } from '../../src/study/table/compare.ts'

test('a difference within the noise of the base is said to be', () => {
  // SD 0.01 of three seeds, t(0.975, 2) = 4.3027: half width 4.3027 × 0.01 × √(1/3 + 1) = 0.04968.
  const base = [0.79, 0.8, 0.81]
  expect(compare(base, [0.84], 'higher')).toMatchObject({ verdict: 'within noise' })
  expect(compare(base, [0.84], 'higher').halfWidth).toBeCloseTo(0.04968, 5)
  expect(compare(base, [0.86], 'higher')).toMatchObject({ verdict: 'better' })
  expect(compare(base, [0.86], 'lower')).toMatchObject({ verdict: 'worse' })
  expect(compare(base, [0.74], 'lower')).toMatchObject({ verdict: 'better' })
  expect(compare(base, [0.86], 'higher').difference).toBeCloseTo(0.06, 12)
})

test('more seeds of a variation narrow the interval, as they should', () => {
  const base = [0.79, 0.8, 0.81]
  expect(compare(base, [0.8, 0.8, 0.8], 'higher').halfWidth).toBeCloseTo(4.30265 * 0.01 * Math.sqrt(2 / 3), 5)
})

test('one seed of the base gives no estimate of noise', () => {
  expect(compare([0.8], [0.9], 'higher')).toMatchObject({ halfWidth: undefined, verdict: 'noise unknown' })
  expect(meanWithInterval([1])).toEqual({ mean: 1, halfWidth: undefined })
  expect(meanWithInterval([1, 2, 3]).halfWidth).toBeCloseTo(4.30265 / Math.sqrt(3), 4)
})
