import { expect, test } from 'vitest'
import { studentT, studentTQuantile } from '../../../src/core/math/student-t.ts'

test('quantiles are those of printed tables', () => {
  // Abramowitz and Stegun 1964, table 26.10, to three decimals.
  const table = [
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 4, 2.776],
    [0.975, 9, 2.262],
    [0.975, 30, 2.042],
    [0.95, 4, 2.132],
    [0.995, 7, 3.499]
  ] as const
  for (const [share, degrees, t] of table) expect(studentTQuantile(share, degrees)).toBeCloseTo(t, 3)
  expect(studentTQuantile(0.5, 6)).toBeCloseTo(0, 9)
  expect(studentTQuantile(0.025, 4)).toBeCloseTo(-studentTQuantile(0.975, 4), 9)
})

test('with one degree of freedom it is the distribution of Cauchy', () => {
  for (const t of [-3, -0.2, 0, 1, 8]) expect(studentT(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12)
})
