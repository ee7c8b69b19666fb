import type { ElectrodeArray } from '../../electrode/array.ts'
import { explain, type Seen } from './seen-metal.ts'
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
  /** Whether its contacts merge, so that the end of the metal tells where they lie. */
  readonly isMerged: boolean
}

/**
 * How far a spacing along the track may be off: a track through noise is a little longer than the array, or cuts bends. A
 * stretch one SD off costs this share of the variance.
 */
const stretch = { mean: 1.0, sd: 0.02, cost: 0.04, from: 0.92, to: 1.08 }

/** Where the metal ends tells the tip to this SD (mm); a tip one SD off costs this share of the variance, and at most so many times that. */
const ending = { sd: 0.15, cost: 0.1, most: 3 }

/** Most arrays are inserted as a whole: one all of which lies outside costs this share of the variance. */
const partial = 0.15

/** SD (mm) of what one contact shows along the track, and the one that is tried first. */
const widths = [0.2, 0.28, 0.38]
const usualWidth = 0.28

/** The least of an array (mm) that is looked for inside the cochlea, and how far beyond the end of the metal its tip may lie. */
const search = { least: 3, beyond: 0.6 }

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
 * @param tips steps at which the most apical contact may lie by where the metal ends; none where contacts are seen one by one
 */
export function fitComb(seen: Seen, array: ElectrodeArray, tips: readonly number[]): Comb {
  const low = seen.window + Math.round(search.least / trackStep)
  const high = seen.end + Math.round(search.beyond / trackStep)
  const coarse = fits(thinned(seen, 4), array, tips, range(low, high, 3), range(stretch.from, stretch.to, 0.02), [
    usualWidth
  ])
  const refined = apart(coarse).map(({ tip, factor }) =>
    best(
      fits(thinned(seen, 2), array, tips, range(tip - 4, tip + 4, 1), range(factor - 0.02, factor + 0.02, 0.01), widths)
    )
  )
  const { tip, factor, misfit, contrast } = best(refined)
  const pitch = (factor * array.spacing) / trackStep
  const margin = marginOf(coarse, tip, pitch)
  return {
    array,
    contacts: Array.from({ length: array.contacts }, (_, n) => tip - n * pitch),
    misfit,
    contrast,
    margin,
    isMerged: tips.length > 0
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
  known: readonly number[],
  tips: readonly number[],
  factors: readonly number[],
  widthsTried: readonly number[]
): Fit[] {
  return factors.flatMap((factor) => {
    const price = stretch.cost * ((factor - stretch.mean) / stretch.sd) ** 2
    return tips.flatMap((tip) =>
      widthsTried.map((width): Fit => {
        const { misfit, contrast } = explain(seen, tip, factor, array, width)
        const extra = price + away(tip, known) + partly(seen, tip, factor, array)
        return { tip, factor, misfit: misfit + extra, contrast }
      })
    )
  })
}

/** What contacts outside the cochlea cost. */
function partly({ window }: Seen, tip: number, factor: number, { spacing, contacts }: ElectrodeArray): number {
  const inside = Math.floor(((tip - window) * trackStep) / (factor * spacing)) + 1
  return partial * Math.max(0, 1 - inside / contacts)
}

/** What a tip away from where the metal ends costs. */
function away(tip: number, known: readonly number[]): number {
  if (known.length === 0) return 0
  const off = Math.min(...known.map((end) => Math.abs(end - tip))) * trackStep
  return ending.cost * Math.min(ending.most, (off / ending.sd) ** 2)
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
