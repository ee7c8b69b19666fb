import { mean } from '../../core/math/mean.ts'
import { median } from '../../core/math/quantile.ts'
import { range } from '../../core/math/range.ts'
import { minInside } from './metal-profile.ts'
import { type Track, trackStep } from './track.ts'

/** Contacts less than this many voxels apart merge into a line. */
const mergingBelow = 2.5

/** @param spacing of an array, mm @param edge longest edge of the scan's voxels, mm */
export function areMerged(spacing: number, edge: number): boolean {
  return spacing <= mergingBelow * edge
}

/** Densities (HU) are clipped to this range, in which nothing but metal is dense, so that single contacts do not count more than the line. */
const clipped = { from: -500, to: 1750 }

/** mm before and beyond the end over which densities are compared. */
const compared = { before: 10, beyond: 9, least: 0.5 }

/** The end of the metal is where density crosses this share between that beyond it and that of the array. */
const half = 0.5

/** Where density is sampled: from and to these distances (mm) before the end for the array, and up to this one beyond it. */
const array = { from: 3, to: 0.4 }
const beyond = 2

/** The end is looked for within this share of the spacing of the step in density. */
const within = 0.8

/** Where the metal of an array ends along a track. */
export interface MetalEnd {
  /** Step of the most apical contact. */
  readonly tip: number
  /** By how much the line is denser than what lies beyond it, HU. */
  readonly drop: number
  /** Share of the variance of the densities on both sides that the end explains. */
  readonly explained: number
}

/**
 * The most apical contact, derived from the end of the metal: contacts that merge form a line that ends half a spacing beyond it. The
 * end is the step that explains most of the densities' variance (Otsu's criterion along the track), moved to where density is half way down.
 * @param spacing of the array, mm
 * @returns undefined where the track is too short
 */
export function endOfMetal({ densities, window }: Track, spacing: number): MetalEnd | undefined {
  const values = densities.map((density) => Math.min(clipped.to, Math.max(clipped.from, density)))
  const first = window + Math.round(minInside / trackStep)
  const last = values.length - Math.round(compared.least / trackStep)
  if (first > last) return undefined
  const steps = range(first, last, 1).map((at) => ({ at, ...stepAt(values, window, at) }))
  const best = steps.reduce((a, b) => (b.between > a.between ? b : a))
  if (best.drop <= 0) return undefined
  const pitch = spacing / trackStep
  const end = halfWayDown(densities, best.at, Math.round(within * pitch))
  return { tip: end - pitch / 2, drop: best.drop, explained: best.between / best.variance }
}

/** Variance between the densities before and beyond a step, that of all, and the difference of their means. */
function stepAt(
  values: Float64Array,
  window: number,
  at: number
): { readonly between: number; readonly variance: number; readonly drop: number } {
  const inner = values.subarray(Math.max(window, at - Math.round(compared.before / trackStep)), at)
  const outer = values.subarray(at, at + Math.round(compared.beyond / trackStep))
  const share = inner.length / (inner.length + outer.length)
  const drop = mean(inner) - mean(outer)
  const middle = share * mean(inner) + (1 - share) * mean(outer)
  const sum = (part: Float64Array): number => part.reduce((total, value) => total + (value - middle) ** 2, 0)
  const variance = (sum(inner) + sum(outer)) / (inner.length + outer.length)
  return { between: Math.sign(drop) * share * (1 - share) * drop ** 2, variance, drop }
}

/** The level half way down depends on the end, and the end on that level: three iterations suffice. */
function halfWayDown(densities: Float64Array, first: number, gapSteps: number): number {
  const steps = (mm: number): number => Math.round(mm / trackStep)
  let end = first
  for (let round = 0; round < 3; round++) {
    const before = densities.subarray(Math.max(0, end - steps(array.from)), Math.max(1, end - steps(array.to)))
    const [high, low] = [median(before), Math.min(...densities.subarray(end, end + steps(beyond)))]
    const start = Math.max(0, end - gapSteps)
    const level = low + half * (high - low)
    const last = densities.subarray(start, end + gapSteps + 1).findLastIndex((density) => density >= level)
    if (last < 0) return end
    end = start + last
  }
  return end
}
