import { median } from '../../core/math/quantile.ts'

/** Median absolute deviation of a normal distribution in standard deviations. */
const normalDeviation = 0.6745

/** A modified z-score beyond this marks an outlier: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993. */
export const outlyingScore = 3.5

/**
 * Modified z-scores, 0.6745 (x − median) / MAD: distances from the middle that outliers themselves hardly change.
 * @returns zeros where half of the values or more are the same
 */
export function robustScores(values: readonly number[]): number[] {
  const middle = median(values)
  const deviation = median(values.map((value) => Math.abs(value - middle)))
  return values.map((value) => (deviation > 0 ? (normalDeviation * (value - middle)) / deviation : 0))
}
