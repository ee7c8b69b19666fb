import { expect, test } from 'vitest'
import { changesBetween, describeChange } from '../../src/study/changes.ts'
import { expand, variationsOf } from '../../src/study/expand.ts'
import { mergePatch } from '../../src/study/merge-patch.ts'
import { parseStudy, studySchema } from '../../src/study/specification.ts'
import { tinyStudy } from './tiny-study.ts'

const parsed = (changes: object = {}) => parseStudy({ ...tinyStudy, ...changes }, 'tiny.json')

test('a merge patch does what the examples of RFC 7396 say', () => {
  const examples: readonly (readonly [unknown, unknown, unknown])[] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd']
    ],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }]
  ]
  for (const [value, patch, result] of examples) expect(mergePatch(value, patch)).toEqual(result)
})

test('a study expands to the base with its seeds and each variation with its own', () => {
  const study = parsed()
  const runs = expand(study, variationsOf(study, 'tiny.json'), [])
  expect(runs.map(({ variation, seed }) => `${variation.name} ${seed}`)).toEqual([
    'base 1',
    'base 2',
    'wider 1',
    'segmentation-only 1',
    'landmarks-only 1'
  ])
  expect(runs.map(({ configuration }) => configuration.network.features)).toEqual([2, 2, 4, 2, 2])
  expect(runs.map(({ configuration }) => configuration.seed)).toEqual([1, 2, 1, 1, 1])
})

test('what a variation changes is listed field by field, defaults included', () => {
  const [, wider] = variationsOf(parsed(), 'tiny.json')
  expect(wider?.changes.map(describeChange)).toEqual(['network.features 2 → 4'])
  expect(changesBetween({ a: { b: [1], c: 1 } }, { a: { b: [2], d: 'x' } }).map(describeChange)).toEqual([
    'a.b [1] → [2]',
    'a.c 1 → none',
    'a.d none → x'
  ])
})

test.each([
  ['two sections', [{ name: 'two', group: 'g', patch: { network: { levels: 1 }, sigma: 2 } }], /change one thing/],
  ['a seed', [{ name: 'seed', group: 'g', patch: { seed: 2 } }], /must leave seed to the study/],
  ['a name twice', [1, 2].map((n) => ({ name: 'same', group: 'g', patch: { sigma: n } })), /has same twice/],
  ['the name of the base', [{ name: 'base', group: 'g', patch: { sigma: 2 } }], /has base twice/]
])('a variation with %s is refused', (_, variations, message) => {
  expect(() => parsed({ variations })).toThrow(message)
})

test('a variation that changes nothing, or to what no recipe may be, is refused with its name', () => {
  const of = (patch: object) => variationsOf(parsed({ variations: [{ name: 'odd', group: 'g', patch }] }), 'tiny.json')
  expect(() => of({ network: { features: 2 } })).toThrow(/the variation odd is the same as base/)
  expect(() => of({ network: { levels: 0 } })).toThrow(/tiny.json: the variation odd: .*network.levels/)
})

test('the JSON Schema beside the studies is up to date (vitest --update writes it)', async () => {
  const schema = `${JSON.stringify(studySchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../studies/study.schema.json')
})
