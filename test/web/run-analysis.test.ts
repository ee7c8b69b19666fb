import { expect, test } from 'vitest'
import { InputError, NoEarError } from '../../src/core/errors.ts'
import { explain } from '../../web/run-analysis.ts'

test('what went wrong names the scan, one without an ear too, as on the command line', () => {
  expect(explain(new NoEarError('no inner ear was found'), 'head.nii')).toBe('head.nii: no inner ear was found')
  expect(explain(new InputError('head.nii', 'is empty'), 'head.nii')).toBe('head.nii: is empty')
  expect(explain(new RangeError('Array buffer allocation failed'), 'head.nii')).toMatch(/^Memory ran out/)
  expect(explain(new TypeError('x is undefined'), 'head.nii')).toMatch(/^This is a bug/)
})
