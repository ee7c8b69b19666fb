/** Quantile by linear interpolation between order statistics, as NumPy has it; `share` from 0 to 1; NaN of no numbers. */
export function quantile(values: readonly number[] | Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const at = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN]
  return below + (above - below) * (at - Math.floor(at))
}

/** Median; the mean of the middle two of an even number of values; NaN of none. */
export function median(values: readonly number[] | Float64Array): number {
  return quantile(values, 0.5)
}

/** Median; the greater of the middle two of an even number of values; undefined of none. */
export function upperMedian(values: readonly number[] | Float64Array): number | undefined {
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)]
}
