import { mean } from '../core/math/mean.ts'
import { bootstrapInterval, type Sample } from './bootstrap-interval.ts'
import type { Statistic } from './evaluation.ts'

/** Mean, standard deviation of the sample and bootstrap interval over all values; null of no values. */
export function statisticOf(sample: Sample): Statistic | null {
  const values = sample.flat() as number[]
  const n = values.length
  if (n === 0) return null
  const middle = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return { n, mean: middle, sd: n === 1 ? 0 : Math.sqrt(squares / (n - 1)), ...bootstrapInterval(sample) }
}
