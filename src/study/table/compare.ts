import { mean } from '../../core/math/mean.ts'
import { studentTQuantile } from '../../core/math/student-t.ts'
import type { Measure } from './measures.ts'

/** How a variation compares with the base by one measure. */
export interface Comparison {
  readonly mean: number
  /** Of the variation's mean from the base's. */
  readonly difference: number
  /** The 95 % interval of the difference, half its width; undefined where the base has one seed only. */
  readonly halfWidth: number | undefined
  readonly verdict: Verdict
}

export type Verdict = 'better' | 'worse' | 'within noise' | 'noise unknown'

/**
 * The difference of a variation from the base. Its noise is taken to be that of the base's seeds: with their standard
 * deviation s, n seeds of the base and m of the variation, the 95 % interval of the difference is
 * ± t(0.975, n − 1) s √(1/n + 1/m), the prediction interval of a mean of m (Hahn and Meeker 1991, 4.8).
 * @param base one figure for each seed, at least one; `values` too
 */
export function compare(base: readonly number[], values: readonly number[], better: Measure['better']): Comparison {
  const own = mean(values)
  const difference = own - mean(base)
  if (base.length < 2) return { mean: own, difference, halfWidth: undefined, verdict: 'noise unknown' }
  const halfWidth =
    studentTQuantile(0.975, base.length - 1) * deviationOf(base) * Math.sqrt(1 / base.length + 1 / values.length)
  const gain = better === 'higher' ? difference : -difference
  const verdict = Math.abs(difference) <= halfWidth ? 'within noise' : gain > 0 ? 'better' : 'worse'
  return { mean: own, difference, halfWidth, verdict }
}

/** Mean and, of two or more values, half the width of its 95 % interval by Student's t. */
export function meanWithInterval(values: readonly number[]): { mean: number; halfWidth: number | undefined } {
  const n = values.length
  const halfWidth = n < 2 ? undefined : (studentTQuantile(0.975, n - 1) * deviationOf(values)) / Math.sqrt(n)
  return { mean: mean(values), halfWidth }
}

/** Standard deviation of a sample of two or more. */
export function deviationOf(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
}
