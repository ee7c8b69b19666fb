import { mean } from '../../core/math/mean.ts'
import { median } from '../../core/math/quantile.ts'
import { coarsestSpacing } from '../check-scan.ts'
import { roundingOf } from '../displacement.ts'

/** How slices are spaced along the normal of their stack. */
export type StackSpacing =
  /** Evenly: every slice lies on a grid of `step` mm, whose first is `offset` mm above the first slice. */
  | { readonly kind: 'even'; readonly step: number; readonly offset: number }
  /** Unevenly, to be resampled to `step` mm. */
  | { readonly kind: 'uneven'; readonly step: number }
  /** With ends too coarse to show an ear, which are left out: the slices from `start` up to, not including, `end` stay. */
  | { readonly kind: 'coarse ends'; readonly start: number; readonly end: number }
  /** With a gap after the slice `at` in which slices are missing, `step` mm being usual. */
  | { readonly kind: 'gap'; readonly at: number; readonly step: number }

/** A step wider than this, in usual steps, looks like missing slices. */
const widest = 1.5

/** Steps that differ less than this, as a part of the smaller, are of one spacing. */
const alike = 0.2

/** Fewest steps of one spacing that count as a part of a series scanned so, and not as missing slices. */
const fewestCoarse = 3
const fewestFine = 15

/**
 * @param heights of at least two slices along the normal, in mm, rising
 * @param positionStep multiples of what positions were written in, in mm: rounding is no unevenness
 */
export function spacingOf(heights: readonly number[], positionStep: number): StackSpacing {
  const [first, last] = [heights[0] as number, heights.at(-1) as number]
  const average = (last - first) / (heights.length - 1)
  const line = lineThrough(heights)
  const off = Math.max(...heights.map((height, n) => Math.abs(height - line.start - n * line.step)))
  if (off <= roundingOf(positionStep)) return { kind: 'even', step: line.step, offset: line.start - first }

  const steps = heights.slice(1).map((height, n) => height - (heights[n] as number))
  const usual = usualStep(heights)
  const runs = wideRuns(steps, widest * usual)
  for (const { from, to } of runs) {
    const inner = steps.slice(from, to)
    const odd = inner.findIndex((step) => step > widest * median(inner))
    const isCoarseEnd = (from === 0 || to === steps.length) && to - from >= fewestCoarse
    if (!isCoarseEnd || odd >= 0) return { kind: 'gap', at: from + Math.max(0, odd), step: usual }
  }
  const tooCoarse = runs.filter(({ from, to }) => median(steps.slice(from, to)) > coarsestSpacing)
  if (tooCoarse.length > 0) {
    const start = tooCoarse.find(({ from }) => from === 0)?.to ?? 0
    const end = tooCoarse.find(({ to }) => to === steps.length)?.from ?? steps.length
    return { kind: 'coarse ends', start, end: end + 1 }
  }
  return { kind: 'uneven', step: runs.length > 0 ? usual : average }
}

/** The line of least squares through heights at 0, 1, 2 … */
function lineThrough(heights: readonly number[]): { readonly start: number; readonly step: number } {
  const middle = (heights.length - 1) / 2
  const center = mean(heights)
  let [product, square] = [0, 0]
  for (const [n, height] of heights.entries()) {
    product += (n - middle) * (height - center)
    square += (n - middle) ** 2
  }
  const step = product / square
  return { step, start: center - step * middle }
}

/** The step that most of a stack keeps, or the finest of those that long runs of slices keep, in mm. */
export function usualStep(heights: readonly number[]): number {
  const steps = heights.slice(1).map((height, n) => height - (heights[n] as number))
  return finestSpacing(steps) ?? median(steps)
}

/** The smallest spacing that a long run of steps keeps. */
function finestSpacing(steps: readonly number[]): number | undefined {
  let finest: number | undefined
  let start = 0
  let [low, high] = [steps[0] as number, steps[0] as number]
  for (let n = 1; n <= steps.length; n++) {
    const next = steps[n]
    if (next !== undefined && Math.max(high, next) <= (1 + alike) * Math.min(low, next)) {
      low = Math.min(low, next)
      high = Math.max(high, next)
      continue
    }
    if (n - start >= fewestFine) finest = Math.min(finest ?? Number.POSITIVE_INFINITY, median(steps.slice(start, n)))
    start = n
    low = high = next ?? 0
  }
  return finest
}

/** Runs of neighbouring steps wider than a limit. */
function wideRuns(steps: readonly number[], limit: number): readonly { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const [n, step] of steps.entries()) {
    if (step <= limit) continue
    const run = runs.at(-1)
    if (run?.to === n) run.to = n + 1
    else runs.push({ from: n, to: n + 1 })
  }
  return runs
}
