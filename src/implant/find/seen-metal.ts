import { solve } from '../../core/math/least-squares.ts'
import { quantile } from '../../core/math/quantile.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { activeLength } from '../../electrode/contacts.ts'
import { trackStep } from './track.ts'

/** The metal along a track as combs are compared with it. */
export interface Seen {
  readonly values: Float64Array
  /** Steps before the first value, and from one value to the next. */
  readonly from: number
  readonly every: number
  /** Step of the round window. */
  readonly window: number
  /** The last step with much metal. */
  readonly end: number
  /** Sum of squares of the values about their mean. */
  readonly variation: number
}

/** mm outside the cochlea that are compared. */
const outside = 3

/** Metal beyond this multiple of what there usually is counts no more. */
const most = 1.5

/** The larger a blob of metal is, the less it tells that it is larger: masses are taken to this power. */
const compression = 0.7

/** Much metal is this share of what there usually is, which is this quantile of all metal inside the cochlea. */
const much = 0.25
const usual = 0.75

/** @param profile metal across the track at each step, mm²; the outer end first */
export function seenAlong(profile: Float64Array, window: number): Seen {
  const level = quantile(
    profile.subarray(window).filter((mass) => mass > 0),
    usual
  )
  const from = Math.max(0, window - Math.round(outside / trackStep))
  const values = profile.slice(from).map((mass) => Math.min(most, mass / level) ** compression)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variation = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { values, variation, from, every: 1, window, end: profile.findLastIndex((mass) => mass > much * level) }
}

/**
 * What lies outside the cochlea counts less: leads are no arrays. Metal just beyond the most apical contact (mm) counts more:
 * there is none; farther on, streaks and dense bone may look like some.
 */
const weights = { outside: 0.4, beyond: 2.5 }
const justBeyond = { from: 0.5, to: 2 }

/** How well contacts explain the metal. */
export interface Explained {
  /** Share of the metal's variance along the track that is left unexplained. */
  readonly misfit: number
  /** By how much a contact stands out from what lies half way to the next one, as a share of the metal there usually is. */
  readonly contrast: number
}

/**
 * How much of the metal an array leaves unexplained that lies so.
 * @param tip step of the most apical contact
 * @param factor on the spacing
 * @param mm SD of what one contact shows
 */
export function explain(
  { values, from, window, every, variation }: Seen,
  tip: number,
  factor: number,
  array: ElectrodeArray,
  mm: number
): Explained {
  const [pitch, width] = [(factor * array.spacing) / trackStep, mm / trackStep]
  const base = tip - (array.contacts - 1) * pitch
  const long = activeLength(array) / trackStep
  const { coefficients, residual } = solve(values.length, 4, values, (n, row) => {
    const at = from + n * every
    const beside = step((base - at) / width)
    const inside = step((tip - at) / width) - beside
    row[0] = inside
    row[1] = (inside * (tip - at)) / long
    row[2] = beside
    row[3] = contactsAt((tip - at) / pitch, width / pitch, array.contacts)
    if (at < window) return weights.outside
    const beyondTip = (at - tip) * trackStep
    return beyondTip > justBeyond.from && beyondTip < justBeyond.to ? weights.beyond : 1
  })
  const [middle, share] = [(array.contacts - 1) / 2, width / pitch]
  const dip =
    contactsAt(Math.floor(middle), share, array.contacts) - contactsAt(Math.floor(middle) + 0.5, share, array.contacts)
  // Contacts that merge stand out from nothing, however much metal they are.
  const contrast = (coefficients[3] as number) * dip
  return (coefficients[3] as number) > 0
    ? { misfit: (residual * every) / variation, contrast }
    : { misfit: Number.POSITIVE_INFINITY, contrast: 0 }
}

/** What contacts show at a place, so many spacings from the most apical one: neighbours add up. @param width SD of one, in spacings */
function contactsAt(place: number, width: number, contacts: number): number {
  const [first, last] = [
    Math.max(0, Math.ceil(place - 4 * width)),
    Math.min(contacts - 1, Math.floor(place + 4 * width))
  ]
  let sum = 0
  for (let n = first; n <= last; n++) sum += Math.exp(-0.5 * ((place - n) / width) ** 2)
  return sum
}

/** From 0 to 1 about 0, as wide as a Gaussian's integral. */
function step(x: number): number {
  if (x > 5) return 1
  if (x < -5) return 0
  return 1 / (1 + Math.exp(-1.7 * x))
}
