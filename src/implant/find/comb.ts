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
}

/**
 * Factor on the array's spacing along the track: noise makes the track a little longer than the array, cut corners shorter. One SD
 * from the mean adds `cost` to the misfit.
 */
const stretch = { mean: 1.0, sd: 0.02, cost: 0.04, from: 0.92, to: 1.08 }

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
 */
export function fitComb(profile: MetalProfile, array: ElectrodeArray): Comb {
  const coarse = fits(subsampled(profile, 4), array, possibleEnds(profile, 3), range(stretch.from, stretch.to, 0.02), [
    usualWidth
  ])
  const refined = distinctFits(coarse).map(({ tip, factor }) =>
    best(
      fits(subsampled(profile, 2), array, range(tip - 4, tip + 4, 1), range(factor - 0.02, factor + 0.02, 0.01), widths)
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
    margin
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

/** The fits of all combinations of tip, factor and width. */
function fits(
  profile: MetalProfile,
  array: ElectrodeArray,
  tips: readonly number[],
  factors: readonly number[],
  widthsTried: readonly number[]
): Fit[] {
  return factors.flatMap((factor) => {
    const stretchPenalty = stretch.cost * ((factor - stretch.mean) / stretch.sd) ** 2
    return tips.flatMap((tip) => {
      const template = straightTemplate(array, tip, factor)
      const penalty = stretchPenalty + outsidePenalty(profile, tip, factor, array)
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
