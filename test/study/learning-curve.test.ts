import { expect, test } from 'vitest'
import { type CurvePoint, learningCurve, learningCurvePage } from '../../src/study/table/learning-curve.ts'
import type { StudyResults } from '../../src/study/table/results.ts'

const variations = [{ name: 'base' }, { name: 'other' }]

/** Dice of the runs of two variations on two splits of one size; a run that is not trained has none. */
function resultsOf(dice: readonly (readonly [variation: number, split: string, dice: number])[]): StudyResults {
  const splits = { kind: 'learning_curve', cases: 'ears', sizes: [2], repeats: 2 }
  const runs = dice.map(([variation, split, value]) => ({
    run: { variation: variations[variation], seed: 1, split: { name: split, size: 2 } },
    figures: new Map([['ears', { dice: value }]])
  }))
  return { study: { specification: { name: 'curve', splits }, variations }, sets: ['ears'], runs } as never
}

const differenceOf = (points: readonly CurvePoint[]) => points[1]?.differences.get('dice')

test('a difference from the base is that of runs on the same split, however far the splits lie apart', () => {
  const results = resultsOf([
    [0, '2-of-4-1', 0.9],
    [0, '2-of-4-2', 0.5],
    [1, '2-of-4-2', 0.52],
    [1, '2-of-4-1', 0.94]
  ])
  const [base] = learningCurve(results)
  expect(base?.differences.size).toBe(0)
  const { n, mean, halfWidth } = differenceOf(learningCurve(results)) ?? expect.unreachable()
  expect(n).toBe(2)
  expect(mean).toBeCloseTo(0.03)
  // Student's t for one degree of freedom, 12.706, times the standard error of 0.02 and 0.04.
  expect(halfWidth).toBeCloseTo(12.706 * 0.01, 3)
  expect(learningCurvePage(results)).toContain('| other | 2 | 2 | +0.0300 ± 0.1271 | –')
})

test('a run whose split the base lacks is in no difference', () => {
  const results = resultsOf([
    [0, '2-of-4-1', 0.9],
    [1, '2-of-4-1', 0.8],
    [1, '2-of-4-2', 0.1]
  ])
  expect(differenceOf(learningCurve(results))).toEqual({ n: 1, mean: expect.closeTo(-0.1), halfWidth: undefined })
  expect(differenceOf(learningCurve(resultsOf([[1, '2-of-4-1', 0.8]])))).toBeUndefined()
})
