import { expect, test } from 'vitest'
import type { CaseEvaluation, EarEvaluation } from '../../src/evaluate/evaluation.ts'
import { summarize } from '../../src/evaluate/summarize.ts'
import { evaluatedCase as found } from './known-evaluation.ts'

const missedEar: EarEvaluation = {
  outcome: 'missed',
  side: 'left',
  sideCorrect: null,
  landmarks: [
    { id: 'helicotrema', outcome: 'missed' },
    { id: 'oval_window', outcome: 'missed' },
    { id: 'round_window', outcome: 'missed' }
  ]
}

const overlapOf = (dice: number): CaseEvaluation['outlines'] => ({
  labyrinth: {
    dice,
    intersectionOverUnion: dice,
    volumetricSimilarity: dice,
    averageHausdorff: dice === 0 ? null : 0.2,
    averageSurfaceDistance: dice === 0 ? null : 0.1,
    hausdorff95: dice === 0 ? null : 0.3,
    predictedVolume: 200 * dice,
    trueVolume: 200
  }
})

const missed: CaseEvaluation = { id: 'missed', spacing: [1, 1, 1], outlines: overlapOf(0), ears: [missedEar] }

test('a missed ear enters the mean Dice with 0 and the mean distances not at all', () => {
  const { outlines, ears } = summarize([found('a', { outlines: overlapOf(0.9) }), missed])
  expect(outlines.labyrinth?.dice).toMatchObject({ n: 2, mean: 0.45 })
  expect(outlines.labyrinth?.hausdorff95).toMatchObject({ n: 1, mean: 0.3 })
  expect(outlines.cochlea).toBeUndefined()
  expect(ears).toEqual({ known: 2, found: 1, missed: 1, false: 0, withoutEar: 0 })
})

test('landmark errors are means over what was found; shares within a limit are of all that are there', () => {
  const { landmarks } = summarize([
    found('a', { errors: [0.2, 0.5, 0.99] }),
    found('b', { errors: [0.4, 1, 1.5] }),
    missed
  ])
  expect(landmarks.helicotrema).toMatchObject({ known: 3, found: 2, missed: 1, invented: 0, withinHalf: 2 / 3 })
  expect(landmarks.helicotrema.error?.mean).toBeCloseTo(0.3, 12)
  expect(landmarks.helicotrema.errorVoxels?.mean).toBeCloseTo(0.3 / 0.099, 12)
  expect(landmarks.oval_window).toMatchObject({ withinHalf: 1 / 3, withinOne: 2 / 3 })
  expect(landmarks.all).toMatchObject({ known: 9, found: 6, missed: 3, withinHalf: 3 / 9, withinOne: 5 / 9 })
  expect(landmarks.all.error).toMatchObject({ n: 2 })
  expect(landmarks.all.error?.mean).toBeCloseTo((0.2 + 0.5 + 0.99 + 0.4 + 1 + 1.5) / 6, 12)
})

test('false ears and cases without an ear are counted apart, and sides only where both say one', () => {
  const falseEar: EarEvaluation = {
    ...missedEar,
    outcome: 'false',
    landmarks: [{ id: 'oval_window', outcome: 'invented' }]
  }
  const { ears, sides, landmarks } = summarize([
    { id: 'knee', spacing: null, outlines: {}, ears: [falseEar] },
    { id: 'phantom', spacing: null, outlines: {}, ears: [] },
    found('a', { sideCorrect: false }),
    found('b', { sideCorrect: true }),
    found('c', { sideCorrect: null })
  ])
  expect(ears).toEqual({ known: 3, found: 3, missed: 0, false: 1, withoutEar: 2 })
  expect(sides).toEqual({ judged: 2, correct: 1 })
  expect(landmarks.oval_window).toMatchObject({ known: 3, invented: 1 })
})

test('two cases that are the ears of one head are drawn together for an interval, as two ears of one case are', () => {
  const heads = [0.2, 0.3, 0.5, 0.9].map((error, n) => ({ name: `p${n}`, dice: 1 - error / 2, error }))
  const casesOf = (...names: readonly string[]) =>
    heads.flatMap(({ name, dice, error }) =>
      names.map((ear) => found(name + ear, { errors: [error, error, error], outlines: overlapOf(dice) }))
    )
  const widths = (cases: readonly CaseEvaluation[]) => {
    const { outlines, landmarks } = summarize(cases)
    const width = (statistic?: { low: number; high: number } | null) => (statistic ? statistic.high - statistic.low : 0)
    return [width(outlines.labyrinth?.dice), width(outlines.labyrinth?.hausdorff95), width(landmarks.all.error)]
  }
  const single = widths(casesOf(''))
  // A second ear that is as the first one tells nothing new.
  const paired = widths(casesOf('_left', '_right'))
  for (const [n, width] of paired.entries()) expect(width).toBeCloseTo(single[n] ?? Number.NaN, 12)
  // Two parts of a name that are no sides make two subjects.
  const apart = widths(casesOf('_first', '_second'))
  expect(apart[0]).toBeLessThan(0.85 * (single[0] ?? Number.NaN))
  expect(summarize(casesOf('_left', '_right')).outlines.labyrinth?.dice.n).toBe(8)
})

test('of no cases nothing is said', () => {
  const { outlines, landmarks } = summarize([])
  expect(outlines).toEqual({})
  expect(landmarks.all).toEqual({
    known: 0,
    found: 0,
    missed: 0,
    invented: 0,
    error: null,
    errorVoxels: null,
    withinHalf: null,
    withinOne: null
  })
})
