import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStudy } from '../../src/study/specification.ts'
import { splitCases } from '../../src/study/splits.ts'
import { tinyStudy } from './tiny-study.ts'

const splitsOf = (splits: object) => {
  const parsed = parseStudy({ ...tinyStudy, splits: { cases: 'real', ...splits } }, 'tiny.json').splits
  if (parsed === undefined) throw new Error('no splits')
  return parsed
}
const heads = ['p1_left', 'p1_right', 'p2_left', 'p3_right', 'p4_left', 'p4_right', 'p5']
const subjectOf = (name: string) => name.slice(0, 2)

test('folds judge every case once, and never train on the other ear of a judged head', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), fc.nat(1000), (count, seed) => {
      const folds = splitCases(heads, splitsOf({ kind: 'folds', count, seed }))
      expect(folds).toHaveLength(count)
      expect(folds.flatMap(({ judged }) => judged).sort()).toEqual([...heads].sort())
      for (const { training, judged } of folds) {
        expect([...training, ...judged].sort()).toEqual([...heads].sort())
        const trained = new Set(training.map(subjectOf))
        expect(judged.filter((name) => trained.has(subjectOf(name)))).toEqual([])
      }
    })
  )
})

test('a learning curve trains on more and more of the same subjects, and judges on the rest', () => {
  const splits = splitCases(heads, splitsOf({ kind: 'learning_curve', sizes: [1, 3], repeats: 2 }))
  expect(splits.map(({ name, size }) => `${name} ${size}`)).toEqual([
    '1-of-5-1 1',
    '1-of-5-2 1',
    '3-of-5-1 3',
    '3-of-5-2 3'
  ])
  const [few, , more] = splits
  expect(more?.training).toEqual(expect.arrayContaining([...(few?.training ?? ['?'])]))
  for (const { training, judged } of splits) expect([...training, ...judged].sort()).toEqual([...heads].sort())
})

test('too few subjects are refused', () => {
  expect(() => splitCases(heads, splitsOf({ kind: 'folds', count: 6 }))).toThrow(/5 subjects, where 6 are needed/)
})
