import { range } from '../../core/math/range.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { linear, type MetalProfile, metalProfile, possibleEnds, subsampled } from './metal-profile.ts'
import type { PlacedArray } from './placed-array.ts'
import { fitTemplate, straightTemplate, type Template } from './template.ts'
import { type Track, trackStep } from './track.ts'

/**
 * A tip may be folded back, or is likely to be, if the straight array leaves this many times as much of the profile unexplained as the
 * folded one. In voxels up to `fineVoxels` (mm) the factor was at most 1.08 in 31 straight generated arrays, and at least 1.15 in 25 of 30
 * folded ones. In larger voxels noise fits a fold more easily: 19 of 108 straight arrays and 28 of 30 folded ones exceed 1.15, 15 and 26
 * of them 1.2.
 */
const minAdvantage = { fine: { possible: 1.1, likely: 1.1 }, coarse: { possible: 1.15, likely: 1.2 } }
const fineVoxels = 0.35

/** mm of a tip that are folded back. */
const lengths = { from: 1.5, to: 5.25, step: 0.25 }

/** Factors on the spacing, and SDs (mm) of a contact's Gaussian, that are tried: at first few, then all near the best `refinedFits`. */
const coarse = { every: 4, step: 3, factors: [0.98, 1.02], widths: [0.25] }
const fine = { every: 2, step: 1, factors: [0.95, 0.98, 1.01, 1.04], widths: [0.2, 0.28, 0.38] }
const refinedFits = 3

interface Fit {
  /** Step of the most apical metal: the tip, or the fold. */
  readonly end: number
  /** mm of the tip that are folded back; 0 where it is straight. */
  readonly length: number
  readonly misfit: number
}

/**
 * How likely it is that the tip is folded back, by how much better the metal along a track fits such an array than the straight one: contacts
 * of both strands alternate, and there is twice the metal.
 */
export function foldOfMetal(track: Track, array: ElectrodeArray): PlacedArray['folded'] {
  const profile = metalProfile(track.profile, track.window, linear)
  const folds = range(Math.max(lengths.from, array.spacing / 2), lengths.to, lengths.step)
  const advantage = leastMisfit(profile, array, [0]) / leastMisfit(profile, array, folds)
  const { possible, likely } = track.edge <= fineVoxels ? minAdvantage.fine : minAdvantage.coarse
  return advantage >= likely ? 'likely' : advantage >= possible ? 'possible' : 'unlikely'
}

/** Least misfit of an array, so many mm of whose tip may be folded back. */
function leastMisfit(profile: MetalProfile, array: ElectrodeArray, folds: readonly number[]): number {
  const first = fitsOf(profile, array, possibleEnds(profile, coarse.step), folds, coarse)
  const best = [...first].sort((a, b) => a.misfit - b.misfit).slice(0, refinedFits)
  const refined = best.flatMap(({ end, length }) =>
    fitsOf(profile, array, range(end - 2, end + 2, fine.step), [length], fine)
  )
  return Math.min(...refined.map(({ misfit }) => misfit))
}

function fitsOf(
  whole: MetalProfile,
  array: ElectrodeArray,
  ends: readonly number[],
  folds: readonly number[],
  { every, factors, widths }: typeof coarse
): Fit[] {
  const profile = subsampled(whole, every)
  return ends.flatMap((end) =>
    folds.flatMap((length) =>
      factors.flatMap((factor) => {
        const template = foldedTemplate(array, end, length, factor)
        return widths.map((width): Fit => ({ end, length, misfit: fitTemplate(profile, template, width).misfit }))
      })
    )
  )
}

/** The last contacts lie along the track in reverse, from the fold at `end` outwards. */
function foldedTemplate(array: ElectrodeArray, end: number, length: number, factor: number): Template {
  const { contacts } = straightTemplate(array, end + length / trackStep, factor)
  return { end, contacts: contacts.map((at) => end - Math.abs(end - at)) }
}
