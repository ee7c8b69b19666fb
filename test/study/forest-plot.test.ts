import { expect, test } from 'vitest'
import { forestPlot } from '../../src/study/table/forest-plot.ts'
import type { RunResult, StudyResults } from '../../src/study/table/results.ts'

const variations = ['base', 'near', 'far'].map((name) => ({ name, group: 'any' }))

/** @param dice of each variation's seeds */
function resultsOf(dice: Readonly<Record<string, readonly number[]>>): StudyResults {
  const runs = variations.flatMap((variation) =>
    (dice[variation.name] ?? []).map((value, at) => ({
      run: { variation, seed: at + 1 },
      training: { parameters: 1251, gigaOperations: 0.005 },
      figures: new Map([['generated', { dice: value }]])
    }))
  ) as unknown as RunResult[]
  const study = { variations, splits: [], specification: { seeds: { base: [1, 2, 3], variations: [1] } } }
  return { study, sets: ['generated'], runs } as unknown as StudyResults
}

test('a difference far beyond the noise is an arrow at the edge with its number, and the others keep their scale', () => {
  const alone = forestPlot(resultsOf({ base: [0.85, 0.86, 0.87], near: [0.88] }), 'generated')
  const beside = forestPlot(resultsOf({ base: [0.85, 0.86, 0.87], near: [0.88], far: [0.2] }), 'generated')
  const circle = /<circle cx="([\d.]+)"/
  expect(beside.match(circle)?.[1]).toBe(alone.match(circle)?.[1])
  expect(alone).not.toContain('Z" fill=')
  expect(beside).toContain('>−0.66</text>')
  expect(beside.match(/<circle/g)).toHaveLength(1)
})
