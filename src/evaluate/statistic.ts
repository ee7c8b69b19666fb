import { bootstrapInterval } from './bootstrap-interval.ts'
import type { Statistic } from './evaluation.ts'

/** Mean, standard deviation of the sample and bootstrap interval; null of no values. */
export function statisticOf(values: readonly number[]): Statistic | null {
  const n = values.length
  if (n === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { n, mean, sd: n === 1 ? 0 : Math.sqrt(squares / (n - 1)), ...bootstrapInterval(values) }
}
