import { median } from '../../core/math/quantile.ts'
import { correlation, largest, type SlicePoints } from './slice-points.ts'

/** How much larger the step to slices with an offset is than the steps around it. Scans, real and generated, come to 1.2 at most. */
const muchLarger = 2

/** How much larger, without the offset, the step may be than those around it. */
const nearlyUsual = 1.25

/** Share of the points that differ whose values are all raised or all lowered. */
const nearlyAll = 0.9

/** Share of the points that differ at all: those outside the recorded field may hold one value. */
const fewestPoints = 0.25

/** Lowest correlation of the slices on either side: an offset leaves the picture as it is. */
const alike = 0.5

/**
 * What is wrong where from one slice to the next all values are raised or lowered by one number, and the picture else goes on:
 * some of the slices have another rescale intercept than their pixels are stored with, and no conversion fits all. Undefined where
 * there is no such step.
 */
export function offsetSlicesProblem(slices: SlicePoints): string | undefined {
  const count = slices.points.length
  const offsets = slices.steps.map((_, k) => offsetAfter(slices, k))
  const before = offsets.findIndex((offset) => offset !== undefined)
  if (before < 0) return undefined
  const next = offsets.findIndex((offset, k) => k > before && offset !== undefined)
  const offset = offsets[before] as number
  return (
    `all values of slices ${before + 2} to ${next < 0 ? count : next + 1} of ${count} lie about ${Math.round(Math.abs(offset))} ` +
    `${offset < 0 ? 'lower' : 'higher'} than those of the slices before, as with another rescale intercept: one or the other are wrong; export it again`
  )
}

/** The offset of the slice after slice `k` against it; undefined where there is none, or no step on either side to compare with. */
function offsetAfter({ points, steps }: SlicePoints, k: number): number | undefined {
  if (k === 0 || k === steps.length - 1) return undefined
  const usual = largest(steps, k - 2, k - 1, k + 1, k + 2)
  if ((steps[k] as number) <= muchLarger * usual) return undefined
  return offsetBetween(points[k] as Float32Array, points[k + 1] as Float32Array, nearlyUsual * usual)
}

/** The one number by which a slice differs from the one before it, apart from a distance of at most `usual`. */
function offsetBetween(slice: Float32Array, next: Float32Array, usual: number): number | undefined {
  const changes = Float64Array.from(next, (value, n) => value - (slice[n] as number)).filter((change) => change !== 0)
  const offset = median(changes)
  const sameWay = changes.reduce((sum, change) => sum + (change * offset > 0 ? 1 : 0), 0)
  if (changes.length < fewestPoints * slice.length || sameWay < nearlyAll * changes.length) return undefined
  const rest = changes.reduce((sum, change) => sum + Math.abs(change - offset), 0) / slice.length
  return rest <= usual && correlation(slice, next) >= alike ? offset : undefined
}
