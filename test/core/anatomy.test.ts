import { expect, test } from 'vitest'
import { landmarkKinds, partLabel, parts } from '../../src/core/anatomy.ts'

test('labels are 1, 2, 3 in the order of the table, and the shortcut agrees with it', () => {
  expect(parts.map(({ label }) => label)).toEqual([1, 2, 3])
  expect(Object.fromEntries(parts.map(({ id, label }) => [id, label]))).toEqual(partLabel)
})

test('names, colours and codes tell all parts and landmarks apart', () => {
  const things = [...parts, ...landmarkKinds]
  for (const key of ['id', 'name'] as const) expect(new Set(things.map((thing) => thing[key])).size).toBe(things.length)
  expect(new Set(things.map(({ color }) => color.join())).size).toBe(things.length)
  expect(new Set(parts.map(({ snomed }) => snomed.code)).size).toBe(parts.length)
})
