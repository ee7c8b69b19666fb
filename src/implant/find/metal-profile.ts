import { mean } from '../../core/math/mean.ts'
import { quantile } from '../../core/math/quantile.ts'
import { range } from '../../core/math/range.ts'
import { trackStep } from './track.ts'

/** The metal along a track, prepared for a template fit. */
export interface MetalProfile {
  readonly values: Float64Array
  /** Step of the track at the first value, and steps from one value to the next. */
  readonly from: number
  readonly every: number
  /** The first step inside the cochlea. */
  readonly window: number
  /** The last step whose metal exceeds the share `minEnd` of the usual level. */
  readonly end: number
  /** Sum of squares of the values about their mean. */
  readonly variation: number
}

/** mm outside the cochlea that take part in the fit. */
const outside = 3

/** The usual level of metal is this quantile of all metal inside the cochlea. */
const usual = 0.75

/** Values relative to the usual level are clipped, and raised to a power. */
export interface Scale {
  readonly max: number
  readonly exponent: number
}

/** No single large peak dominates a fit. */
const compressed: Scale = { max: 1.5, exponent: 0.7 }

/** Twice the metal counts twice. */
export const linear: Scale = { max: 2.5, exponent: 1 }

/** The end of the metal is where this share of the usual level is last exceeded. */
const minEnd = 0.25

/**
 * @param profile metal across the track at each step, mm²; the outer end first
 * @param window step of the round window
 */
export function metalProfile(profile: Float64Array, window: number, scale = compressed): MetalProfile {
  const level = quantile(
    profile.subarray(window).filter((mass) => mass > 0),
    usual
  )
  const from = Math.max(0, window - Math.round(outside / trackStep))
  const values = profile.slice(from).map((mass) => Math.min(scale.max, mass / level) ** scale.exponent)
  const middle = mean(values)
  const variation = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return { values, variation, from, every: 1, window, end: profile.findLastIndex((mass) => mass > minEnd * level) }
}

/** Minimum length (mm) of array inside the cochlea. */
export const minInside = 3

/** How far (mm) beyond the end of the metal the array's own end may lie. */
const maxBeyond = 0.6

/** Steps, `every` apart, at which the most apical metal of an array may lie. */
export function possibleEnds({ window, end }: MetalProfile, every: number): number[] {
  return range(window + Math.round(minInside / trackStep), end + Math.round(maxBeyond / trackStep), every)
}

/** mm beyond the end of the metal that take part in the fit. */
const beyond = 3

/** Every n-th value of a profile, up to `beyond` mm past the end of the metal. */
export function subsampled(profile: MetalProfile, every: number): MetalProfile {
  const last = profile.end - profile.from + beyond / trackStep
  return { ...profile, values: profile.values.filter((_, n) => n % every === 0 && n <= last), every }
}
