/** Arithmetic mean, summed from the first to the last; NaN of no numbers. */
export function mean(values: readonly number[] | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
