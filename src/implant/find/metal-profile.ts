import { solve } from '../../core/math/least-squares.ts'
import { quantile } from '../../core/math/quantile.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { activeLength } from '../../electrode/contacts.ts'
import { trackStep } from './track.ts'

/** The metal along a track, prepared for a template fit. */
export interface MetalProfile {
  readonly values: Float64Array
  /** Step of the track at the first value, and steps from one value to the next. */
  readonly from: number
  readonly every: number
  /** Step of the round window. */
  readonly window: number
  /** The last step whose metal exceeds the share `minEnd` of the usual level. */
  readonly end: number
  /** Sum of squares of the values about their mean. */
  readonly variation: number
}

/** mm outside the cochlea that take part in the fit. */
const outside = 3

/** Values are clipped at this multiple of the usual level. */
const maxValue = 1.5

/** Exponent on values relative to the usual level, so that a single large peak does not dominate the fit. */
const compression = 0.7

/** The usual level is this quantile of all metal inside the cochlea; the end of the metal is where this share of it is last exceeded. */
const usual = 0.75
const minEnd = 0.25

/**
 * @param profile metal across the track at each step, mm²; the outer end first
 * @param window step of the round window
 */
export function metalProfile(profile: Float64Array, window: number): MetalProfile {
  const level = quantile(
    profile.subarray(window).filter((mass) => mass > 0),
    usual
  )
  const from = Math.max(0, window - Math.round(outside / trackStep))
  const values = profile.slice(from).map((mass) => Math.min(maxValue, mass / level) ** compression)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variation = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { values, variation, from, every: 1, window, end: profile.findLastIndex((mass) => mass > minEnd * level) }
}

/**
 * Weights of the fit; 1 elsewhere. Lower outside the cochlea, where the lead may lie, which is no part of the array. Higher just
 * beyond the most apical contact (`justBeyond`, mm), where there is no metal; farther on, streaks and dense bone may look like metal.
 */
const weights = { outside: 0.4, beyond: 2.5 }
const justBeyond = { from: 0.5, to: 2 }

/** How well a template fits a metal profile. */
export interface TemplateFit {
  /** Share of the profile's variance that is left unexplained. */
  readonly misfit: number
  /** Contrast between a contact and the middle between two contacts, relative to the usual level of the profile. */
  readonly contrast: number
}

/**
 * Weighted least-squares fit of an array's template at a given place: a constant and a linear term for the wires inside, a constant
 * for the lead, and a sum of Gaussians for the contacts.
 * @param tip step of the most apical contact
 * @param factor on the spacing
 * @param mm SD of a contact's Gaussian
 */
export function fitTemplate(
  { values, from, window, every, variation }: MetalProfile,
  tip: number,
  factor: number,
  array: ElectrodeArray,
  mm: number
): TemplateFit {
  const [pitch, width] = [(factor * array.spacing) / trackStep, mm / trackStep]
  const base = tip - (array.contacts - 1) * pitch
  const length = activeLength(array) / trackStep
  const { coefficients, residual } = solve(values.length, 4, values, (n, row) => {
    const at = from + n * every
    const lead = step((base - at) / width)
    const inside = step((tip - at) / width) - lead
    row[0] = inside
    row[1] = (inside * (tip - at)) / length
    row[2] = lead
    row[3] = contactsAt((tip - at) / pitch, width / pitch, array.contacts)
    if (at < window) return weights.outside
    const beyondTip = (at - tip) * trackStep
    return beyondTip > justBeyond.from && beyondTip < justBeyond.to ? weights.beyond : 1
  })
  const [middle, share] = [(array.contacts - 1) / 2, width / pitch]
  const dip =
    contactsAt(Math.floor(middle), share, array.contacts) - contactsAt(Math.floor(middle) + 0.5, share, array.contacts)
  // Where contacts merge, `dip` and so the contrast is about 0, however large the coefficient is.
  const contrast = (coefficients[3] as number) * dip
  return (coefficients[3] as number) > 0
    ? { misfit: (residual * every) / variation, contrast }
    : { misfit: Number.POSITIVE_INFINITY, contrast: 0 }
}

/** Sum of the contacts' Gaussians. @param place in spacings from the most apical contact @param width SD, in spacings */
function contactsAt(place: number, width: number, contacts: number): number {
  const [first, last] = [
    Math.max(0, Math.ceil(place - 4 * width)),
    Math.min(contacts - 1, Math.floor(place + 4 * width))
  ]
  let sum = 0
  for (let n = first; n <= last; n++) sum += Math.exp(-0.5 * ((place - n) / width) ** 2)
  return sum
}

/** Logistic approximation of the Gaussian's cumulative distribution. */
function step(x: number): number {
  if (x > 5) return 1
  if (x < -5) return 0
  return 1 / (1 + Math.exp(-1.7 * x))
}
