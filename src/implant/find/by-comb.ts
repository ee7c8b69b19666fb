import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { contactsAlong, foldByTip, metalAtTip, tooFarOut } from './along-track.ts'
import { fitComb } from './comb.ts'
import { areMerged } from './end-of-metal.ts'
import type { MetalProfile } from './metal-profile.ts'
import { isAlike, type PlacedArray, shiftDoubt } from './placed-array.ts'
import type { Track } from './track.ts'

/**
 * Minimum share of the metal profile's variance that an array explains. A named array is known to be implanted and may explain
 * less, but at least `ambiguous` where it fits nearly as well one spacing farther in or out.
 */
const minScore = { unnamed: 0.6, named: 0.35, ambiguous: 0.5 }

/**
 * What an array that was not named must show to be recognised by its spacing, beside `minShiftRatio`: a contrast of its contacts,
 * and by which factor every other array leaves more variance unexplained.
 */
const recognised = { contrast: 0.6, ratio: 1.4 }

/**
 * Minimum contrast of contacts that are too far apart to merge: at least 0.32 in 43 generated scans, below 0.2 in 115 of 136 fits of
 * arrays that were not implanted. A named array with less is refused where its contacts are more than `clearAbove` voxels apart;
 * nearer ones may be blurred by motion.
 */
const minContrast = 0.2
const clearAbove = 4

/**
 * By which factor contacts one spacing farther in or out must leave more variance unexplained. Below it a named array gets a remark,
 * and one that was not named is not recognised.
 */
const minShiftRatio = 1.2

/** There is no tip where the mean metal near it is below this share of that before it (`metalAtTip`). */
const noTip = 0.15

/**
 * Places the contacts of an array by the metal profile along a track: a template of contacts, wires and tip is fitted for each array,
 * and the best one taken.
 * @param arrays only the array that was named, or the whole catalogue
 * @returns the reason, as a text, where none is placed
 */
export function placeByComb(
  track: Track,
  metal: MetalProfile,
  duct: CochlearDuct,
  arrays: readonly ElectrodeArray[]
): PlacedArray | string {
  const isNamed = arrays.length === 1
  const combs = arrays.map((one) => fitComb(metal, one))
  const best = combs.reduce((a, b) => (b.misfit < a.misfit ? b : a))
  const score = Math.max(0, 1 - best.misfit)
  if (score < (isNamed ? minScore.named : minScore.unnamed)) {
    return isNamed
      ? `the metal in the cochlea does not look like the ${best.array.model}`
      : 'no array of the catalogue fits the metal in the cochlea'
  }
  const isUnseen = !areMerged(best.array.spacing, track.edge) && best.contrast < minContrast
  if (isUnseen && best.array.spacing > clearAbove * track.edge) {
    return isNamed
      ? `the metal shows ${notSeen(best.array)}`
      : 'no array of the catalogue fits the metal in the cochlea'
  }
  const others = combs.filter((comb) => comb !== best)
  const alternatives = others.filter((comb) => isAlike(comb.array, best.array)).map((comb) => comb.array)
  const next = Math.min(...others.filter((comb) => !isAlike(comb.array, best.array)).map(({ misfit }) => misfit))
  const isClear =
    best.contrast >= recognised.contrast && next >= recognised.ratio * best.misfit && best.margin >= minShiftRatio
  if (!isNamed && !isClear) {
    return 'the array cannot be recognised by the spacing of its contacts, and must be named'
  }
  const atTip = metalAtTip(track, best.contacts[0] as number)
  if (atTip < noTip) return `there is hardly any metal where the tip of the ${best.array.model} would be`
  if (best.margin < minShiftRatio && score < minScore.ambiguous) {
    return `the ${best.array.model} fits nearly as well with its contacts elsewhere, as where a tip is folded over`
  }
  const contacts = contactsAlong(track, metal, best.contacts, duct)
  const doubts = [
    ...(isUnseen ? [`The metal shows ${notSeen(best.array)}.`] : []),
    ...(best.margin < minShiftRatio ? [shiftDoubt(best.array)] : [])
  ]
  return (
    tooFarOut(contacts, best.array) ?? {
      array: best.array,
      alternatives,
      score,
      contacts,
      doubts,
      folded: foldByTip(atTip)
    }
  )
}

function notSeen({ model, spacing }: ElectrodeArray): string {
  return `no contacts ${spacing.toFixed(1)} mm apart, as those of the ${model}: check which array was implanted`
}
