import { mean } from '../../core/math/mean.ts'
import { baseName, type Variation } from '../expand.ts'
import { type Comparison, compare, deviationOf } from './compare.ts'
import { type Measure, measures } from './measures.ts'
import { type StudyResults, valuesOf } from './results.ts'

/** The base or a variation on one set. */
export interface Row {
  readonly variation: Variation
  /** Trainable numbers and GFLOP of a step; undefined before it is trained. */
  readonly work: { readonly parameters: number; readonly gigaOperations: number } | undefined
  /** By the measure's id; those without a figure are left out. */
  readonly cells: ReadonlyMap<Measure['id'], Cell>
}

export interface Cell {
  /** One for each seed. */
  readonly values: readonly number[]
  readonly mean: number
  /** Against the base; undefined for the base itself, or before it is there. */
  readonly comparison: Comparison | undefined
  /** Between the seeds; undefined for one. */
  readonly deviation: number | undefined
}

/** The base and then the variations, as the study lists them. */
export function rowsOf(results: StudyResults, set: string): Row[] {
  const base = results.study.variations.find(({ name }) => name === baseName) as Variation
  return results.study.variations.map((variation) => ({
    variation,
    work: results.runs.find(({ run }) => run.variation === variation)?.training,
    cells: new Map(
      measures.flatMap((measure): [Measure['id'], Cell][] => {
        const values = valuesOf(results, variation, set, measure)
        if (values.length === 0) return []
        const baseValues = valuesOf(results, base, set, measure)
        const isCompared = variation !== base && baseValues.length > 0
        const comparison = isCompared ? compare(baseValues, values, measure.better) : undefined
        const deviation = values.length < 2 ? undefined : deviationOf(values)
        return [[measure.id, { values, mean: mean(values), comparison, deviation }]]
      })
    )
  }))
}
