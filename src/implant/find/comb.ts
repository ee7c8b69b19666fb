import { range } from '../../core/math/range.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { type MetalProfile, possibleEnds, subsampled } from './metal-profile.ts'
import { fitTemplate, straightTemplate } from './template.ts'
import { trackStep } from './track.ts'

/** The template of an array (contacts at equal spacing, like the teeth of a comb) as it best fits the metal profile along a track. */
export interface Comb {
  readonly array: ElectrodeArray
  /** Steps along the track at which its contacts lie, the most apical first; steps count from the track's outer end. */
  readonly contacts: readonly number[]
  /** Share of the profile's variance that is left unexplained, plus penalties for an unlikely spacing and place. */
  readonly misfit: number
  /** Contrast between a contact and the middle between two contacts, relative to the usual level of the profile. */
  readonly contrast: number
  /** By which factor the misfit is greater where all contacts lie about one spacing farther in or out. */
  readonly margin: number
  /** Whether its contacts merge, so that their places follow from the end of the metal. */
  readonly isMerged: boolean
}

/**
 * Factor on the array's spacing along the track: noise makes the track a little longer than the array, cut corners shorter. One SD
 * from the mean adds `cost` to the misfit.
 */
const stretch = { mean: 1.0, sd: 0.02, cost: 0.04, from: 0.92, to: 1.08 }

/** SD (mm) of the tip as derived from the end of the metal. One SD off adds `cost` to the misfit, at most `max` times that. */
const ending = { sd: 0.15, cost: 0.1, max: 3 }

/** Most arrays are inserted completely: added to the misfit if all contacts lie outside the cochlea, else in proportion. */
const outsideCost = 0.15

/** SDs (mm) of a contact's Gaussian along the track that are tried, and that of the coarse search. */
const widths = [0.2, 0.28, 0.38]
const usualWidth = 0.28

/** How many of the coarse fits are refined. */
const refinedFits = 4

interface Fit {
  /** Step of the most apical contact, and the factor on the spacing. */
  readonly tip: number
  readonly factor: number
  readonly misfit: number
  readonly contrast: number
}

/**
 * Fits an array's template to the metal profile by least squares: contacts, wires that grow linearly thicker to the base, and no
 * metal beyond the most apical contact. The place of that contact, the spacing and a contact's width are searched on a grid.
 * @param tips steps of the most apical contact that follow from the end of the metal; none where contacts are visible one by one
 */
export function fitComb(profile: MetalProfile, array: ElectrodeArray, tips: readonly number[]): Comb {
  const coarse = fits(
    subsampled(profile, 4),
    array,
    tips,
    possibleEnds(profile, 3),
    range(stretch.from, stretch.to, 0.02),
    [usualWidth]
  )
  const refined = distinctFits(coarse).map(({ tip, factor }) =>
    best(
      fits(
        subsampled(profile, 2),
        array,
        tips,
        range(tip - 4, tip + 4, 1),
        range(factor - 0.02, factor + 0.02, 0.01),
        widths
      )
    )
  )
  const { tip, factor, misfit, contrast } = best(refined)
  const pitch = (factor * array.spacing) / trackStep
  const margin = marginOf(coarse, tip, pitch)
  return {
    array,
    contacts: straightTemplate(array, tip, factor).contacts,
    misfit,
    contrast,
    margin,
    isMerged: tips.length > 0
  }
}

/** Least misfit about one spacing from a tip over that near it. @param pitch spacing in steps */
function marginOf(coarse: readonly Fit[], tip: number, pitch: number): number {
  const least = (from: number, to: number): number =>
    coarse.reduce((misfit, one) => {
      const off = Math.abs(one.tip - tip) / pitch
      return off >= from && off <= to ? Math.min(misfit, one.misfit) : misfit
    }, Number.POSITIVE_INFINITY)
  return least(0.6, 1.4) / least(0, 0.4)
}

/** The fits of all combinations of tip, factor and width. @param ends tips that follow from the end of the metal */
function fits(
  profile: MetalProfile,
  array: ElectrodeArray,
  ends: readonly number[],
  tips: readonly number[],
  factors: readonly number[],
  widthsTried: readonly number[]
): Fit[] {
  return factors.flatMap((factor) => {
    const stretchPenalty = stretch.cost * ((factor - stretch.mean) / stretch.sd) ** 2
    return tips.flatMap((tip) => {
      const template = straightTemplate(array, tip, factor)
      const penalty = stretchPenalty + endPenalty(tip, ends) + outsidePenalty(profile, tip, factor, array)
      return widthsTried.map((width): Fit => {
        const { misfit, contrast } = fitTemplate(profile, template, width)
        return { tip, factor, misfit: misfit + penalty, contrast }
      })
    })
  })
}

/** Penalty for contacts outside the cochlea. */
function outsidePenalty(
  { window }: MetalProfile,
  tip: number,
  factor: number,
  { spacing, contacts }: ElectrodeArray
): number {
  const inside = Math.floor(((tip - window) * trackStep) / (factor * spacing)) + 1
  return outsideCost * Math.max(0, 1 - inside / contacts)
}

/** Penalty for a tip that does not lie where the end of the metal puts it. */
function endPenalty(tip: number, ends: readonly number[]): number {
  if (ends.length === 0) return 0
  const off = Math.min(...ends.map((end) => Math.abs(end - tip))) * trackStep
  return ending.cost * Math.min(ending.max, (off / ending.sd) ** 2)
}

function best(all: readonly Fit[]): Fit {
  return all.reduce((a, b) => (b.misfit < a.misfit ? b : a))
}

/** The best fits that differ clearly in place or spacing from every better one. */
function distinctFits(all: readonly Fit[]): Fit[] {
  const kept: Fit[] = []
  for (const one of [...all].sort((a, b) => a.misfit - b.misfit)) {
    if (kept.length === refinedFits) break
    const isOther = (other: Fit): boolean =>
      Math.abs(other.tip - one.tip) > 4 || Math.abs(other.factor - one.factor) > 0.025
    if (kept.every(isOther)) kept.push(one)
  }
  return kept
}
