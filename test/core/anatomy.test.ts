import { expect, test } from 'vitest'
import { landmarkKinds, partLabel, parts } from '../../src/core/anatomy.ts'
import { hasCheckDigit } from '../support/check-digit.ts'

test('labels are 1, 2, 3 in the order of the table, and the shortcut agrees with it', () => {
  expect(parts.map(({ label }) => label)).toEqual([1, 2, 3])
  expect(Object.fromEntries(parts.map(({ id, label }) => [id, label]))).toEqual(partLabel)
})

test('names, colours and codes of all parts and landmarks are distinct', () => {
  const things = [...parts, ...landmarkKinds]
  for (const key of ['id', 'name'] as const) expect(new Set(things.map((thing) => thing[key])).size).toBe(things.length)
  expect(new Set(things.map(({ color }) => color.join())).size).toBe(things.length)
  expect(new Set(parts.map(({ code }) => code.value)).size).toBe(parts.length)
})

test('every code of SNOMED CT ends in its check digit, every other is a heading of MeSH, and all have a meaning', () => {
  for (const { code } of parts) {
    if (code.scheme === 'SCT') expect(hasCheckDigit(code.value), code.value).toBe(true)
    else expect(code.value, code.value).toMatch(/^D\d{6}$/)
    expect(code.meaning.length).toBeGreaterThan(5)
  }
})

test('the check digit shows what is no identifier of SNOMED CT', () => {
  for (const sound of ['80169004', '7771000', '24028007', '91723000', '123037004', '22945000', '10584009']) {
    expect(hasCheckDigit(sound), sound).toBe(true)
  }
  for (const none of ['54036009', '74837008', '80169005', '80196004']) expect(hasCheckDigit(none), none).toBe(false)
})
