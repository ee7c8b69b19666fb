import { solve } from '../../core/math/least-squares.ts'
import { quantile } from '../../core/math/quantile.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { activeLength } from '../../electrode/contacts.ts'
import { trackStep } from './track.ts'

/** Contacts an array's spacing apart, as they fit the metal along a track. */
export interface Comb {
  readonly array: ElectrodeArray
  /** Steps along the track at which its contacts lie, the most apical first; steps count from the track's outer end. */
  readonly contacts: readonly number[]
  /** Share of the metal's variance along the track that it leaves unexplained, and what an unlikely spacing adds to it. */
  readonly misfit: number
  /** By how much a contact stands out from the wires beside it, as a share of the metal there usually is. */
  readonly contrast: number
  /** How much more (a factor) is left unexplained where all contacts lie about one spacing farther in or out. */
  readonly margin: number
}

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
 * How far a spacing along the track may be off: a track through noise is a little longer than the array, or cuts bends. A
 * stretch one SD off costs this share of the variance.
 */
const stretch = { mean: 1.01, sd: 0.025, cost: 0.02, from: 0.93, to: 1.1 }

/** SD (mm) of what one contact shows along the track, and the one that is tried first. */
const widths = [0.2, 0.28, 0.38]
const usualWidth = 0.28

/** The least of an array (mm) that is looked for inside the cochlea, and how far beyond the end of the metal its tip may lie. */
const search = { least: 3, beyond: 0.6 }

/**
 * What lies outside the cochlea counts less: leads are no arrays. Metal just beyond the most apical contact (mm) counts more:
 * there is none; farther on, streaks and dense bone may look like some.
 */
const weights = { outside: 0.4, beyond: 2.5 }
const justBeyond = { from: 0.5, to: 2 }

/** mm beyond the end of the metal that are compared. */
const beyond = 3

/** So many coarse fits are refined. */
const several = 4

interface Fit {
  /** Step of the most apical contact, and a factor on the spacing. */
  readonly tip: number
  readonly factor: number
  readonly misfit: number
  readonly contrast: number
}

/**
 * An array laid along a track so that its contacts, wires that grow evenly thicker to the base, and nothing beyond the most
 * apical one explain most of the metal: least squares over the place of the most apical contact, the spacing and a contact's
 * width.
 */
export function fitComb(seen: Seen, array: ElectrodeArray): Comb {
  const low = seen.window + Math.round(search.least / trackStep)
  const high = seen.end + Math.round(search.beyond / trackStep)
  const coarse = fits(thinned(seen, 4), array, range(low, high, 3), range(stretch.from, stretch.to, 0.02), [usualWidth])
  const refined = apart(coarse).map(({ tip, factor }) =>
    best(fits(thinned(seen, 2), array, range(tip - 4, tip + 4, 1), range(factor - 0.02, factor + 0.02, 0.01), widths))
  )
  const { tip, factor, misfit, contrast } = best(refined)
  const pitch = (factor * array.spacing) / trackStep
  const margin = marginOf(coarse, tip, pitch)
  return {
    array,
    contacts: Array.from({ length: array.contacts }, (_, n) => tip - n * pitch),
    misfit,
    contrast,
    margin
  }
}

function marginOf(coarse: readonly Fit[], tip: number, pitch: number): number {
  const least = (from: number, to: number): number =>
    coarse.reduce((misfit, one) => {
      const off = Math.abs(one.tip - tip) / pitch
      return off >= from && off <= to ? Math.min(misfit, one.misfit) : misfit
    }, Number.POSITIVE_INFINITY)
  return least(0.6, 1.4) / least(0, 0.4)
}

/** One of so many values, none far beyond the end of the metal. */
function thinned(seen: Seen, every: number): Seen {
  const last = seen.end - seen.from + beyond / trackStep
  return { ...seen, values: seen.values.filter((_, n) => n % every === 0 && n <= last), every }
}

/** All combinations. */
function fits(
  seen: Seen,
  array: ElectrodeArray,
  tips: readonly number[],
  factors: readonly number[],
  widthsTried: readonly number[]
): Fit[] {
  return factors.flatMap((factor) => {
    const price = stretch.cost * ((factor - stretch.mean) / stretch.sd) ** 2
    return tips.flatMap((tip) =>
      widthsTried.map((width): Fit => {
        const { misfit, contrast } = explain(seen, tip, factor, array, width)
        return { tip, factor, misfit: misfit + price, contrast }
      })
    )
  })
}

function best(all: readonly Fit[]): Fit {
  return all.reduce((a, b) => (b.misfit < a.misfit ? b : a))
}

/** The best few fits that are not each other's neighbours. */
function apart(all: readonly Fit[]): Fit[] {
  const kept: Fit[] = []
  for (const one of [...all].sort((a, b) => a.misfit - b.misfit)) {
    if (kept.length === several) break
    const isOther = (other: Fit): boolean =>
      Math.abs(other.tip - one.tip) > 4 || Math.abs(other.factor - one.factor) > 0.025
    if (kept.every(isOther)) kept.push(one)
  }
  return kept
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(1, Math.floor((to - from) / step + 1e-6) + 1) }, (_, n) => from + n * step)
}

/**
 * How much of the metal an array leaves unexplained that lies so.
 * @param tip step of the most apical contact
 * @param factor on the spacing
 * @param mm SD of what one contact shows
 */
function explain(
  { values, from, window, every, variation }: Seen,
  tip: number,
  factor: number,
  array: ElectrodeArray,
  mm: number
): Pick<Fit, 'misfit' | 'contrast'> {
  const [pitch, width] = [(factor * array.spacing) / trackStep, mm / trackStep]
  const base = tip - (array.contacts - 1) * pitch
  const long = activeLength(array) / trackStep
  const { coefficients, residual } = solve(values.length, 4, values, (n, row) => {
    const at = from + n * every
    const beside = step((base - at) / width)
    const inside = step((tip - at) / width) - beside
    const nearest = Math.min(array.contacts - 1, Math.max(0, Math.round((tip - at) / pitch)))
    const off = tip - at - nearest * pitch
    row[0] = inside
    row[1] = (inside * (tip - at)) / long
    row[2] = beside
    row[3] = Math.abs(off) > 4 * width ? 0 : Math.exp(-0.5 * (off / width) ** 2)
    if (at < window) return weights.outside
    const beyondTip = (at - tip) * trackStep
    return beyondTip > justBeyond.from && beyondTip < justBeyond.to ? weights.beyond : 1
  })
  const contrast = coefficients[3] as number
  return contrast > 0
    ? { misfit: (residual * every) / variation, contrast }
    : { misfit: Number.POSITIVE_INFINITY, contrast: 0 }
}

/** From 0 to 1 about 0, as wide as a Gaussian's integral. */
function step(x: number): number {
  if (x > 5) return 1
  if (x < -5) return 0
  return 1 / (1 + Math.exp(-1.7 * x))
}
