import { expect, test } from 'vitest'
import { decimalOf } from '../../src/io/decimal.ts'

test.each([
  ['0', 0],
  [' -1.50 ', -1.5],
  ['+.5', 0.5],
  ['3.', 3],
  ['1e-3', 0.001],
  ['2.5E+02', 250]
])('"%s" is a decimal number', (text, value) => {
  expect(decimalOf(text)).toBe(value)
})

test.each(['', ' ', '0x10', '0b1', 'NaN', 'Infinity', '1e999', '1,5', '1 2', '1.2.3', '--1', 'e5', '.', '1_000', '٣'])(
  '"%s" is none',
  (text) => {
    expect(decimalOf(text)).toBeUndefined()
  }
)
