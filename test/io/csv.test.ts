import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCsv, encodeCsv } from '../../src/io/csv.ts'

test('a table comes back as it was written, whatever its texts hold', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', '=', '7') })
  // A row of empty cells is an empty line, and what looks like a formula gets an apostrophe.
  const row = fc.tuple(text, text, fc.constant('end')).filter((cells) => !cells.some((cell) => /^[=\r]/.test(cell)))
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(decodeCsv(encodeCsv(rows))).toEqual(rows)
    })
  )
})

test('lines end as RFC 4180 says; unknowns are empty', () => {
  expect(encodeCsv([['a', 1.5, null, Number.NaN]])).toBe('a,1.5,,\r\n')
})

test('a text that a spreadsheet would run is written as text, a negative number as a number', () => {
  const harmless = encodeCsv([['=1+1', '+1', '-1', '@SUM(A1)', '\tx', -1]])
  expect(harmless).toBe("'=1+1,'+1,'-1,'@SUM(A1),'\tx,-1\r\n")
})

test('tables of other programs are read: a byte order mark, LF, empty lines, no end of line', () => {
  expect(decodeCsv('\uFEFFpath,id\n\na.nii,"x ""y"""\nb.nii,')).toEqual([
    ['path', 'id'],
    ['a.nii', 'x "y"'],
    ['b.nii', '']
  ])
})
