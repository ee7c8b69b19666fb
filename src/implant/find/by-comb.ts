import { degrees, radians } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { type Comb, fitComb } from './comb.ts'
import { areMerged, tipsByEnd } from './end-of-metal.ts'
import type { MetalProfile } from './metal-profile.ts'
import { isAlike, type PlacedArray, type PlacedContact, shiftDoubt } from './placed-array.ts'
import { placeAt, type Track, trackStep } from './track.ts'

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

/** With a greater share of contacts outside the cochlea, the array more likely lies deeper and part of its metal is not visible. */
const maxOutside = 1 / 3

/**
 * Ratio of the mean metal in the last `mm` of the array to that in the `before` mm before them. Below `none` there is no tip. Above
 * `possible` the tip may be folded back, above `likely` it is taken to be.
 */
const tipMetal = { mm: 2.5, before: 6, none: 0.15, possible: 1.45, likely: 1.8 }

/**
 * Places the contacts of an array by the metal profile along a track: a template of contacts, wires and tip is fitted for each array,
 * and the best one taken. The contacts of a named array may merge.
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
  const combs = arrays.map((one) => fitComb(metal, one, tipsByEnd(track, one.spacing)))
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
  const atTip = metalAtTip(track, best)
  if (atTip < tipMetal.none) return `there is hardly any metal where the tip of the ${best.array.model} would be`
  if (best.margin < minShiftRatio && score < minScore.ambiguous) {
    return `the ${best.array.model} fits nearly as well with its contacts elsewhere, as where a tip is folded over`
  }
  const contacts = contactsOf(track, metal, best, duct)
  const outside = contacts.filter(({ angle }) => angle === undefined).length
  if (outside > maxOutside * contacts.length) {
    return `${outside} of ${contacts.length} contacts of the ${best.array.model} would lie outside the cochlea: only part of its metal may be visible`
  }
  const doubts = [
    ...(best.isMerged ? [merged] : []),
    ...(isUnseen ? [`The metal shows ${notSeen(best.array)}.`] : []),
    ...(best.margin < minShiftRatio ? [shiftDoubt(best.array)] : [])
  ]
  const folded = atTip > tipMetal.likely ? 'likely' : atTip > tipMetal.possible ? 'possible' : 'unlikely'
  return { array: best.array, alternatives, score, contacts, doubts, folded }
}

const merged =
  'Contacts are not visible one by one: their places follow from the end of the metal and the spacing of the array. Check which one was implanted.'

function notSeen({ model, spacing }: ElectrodeArray): string {
  return `no contacts ${spacing.toFixed(1)} mm apart, as those of the ${model}: check which array was implanted`
}

/** Ratio of the mean metal near the tip to that before it (`tipMetal`). */
function metalAtTip({ profile }: Track, { contacts }: Comb): number {
  const tip = Math.round(contacts[0] as number)
  const mean = (from: number, to: number): number => {
    const part = profile.subarray(
      Math.max(0, Math.round(tip - from / trackStep)),
      Math.max(0, Math.round(tip - to / trackStep))
    )
    return part.reduce((sum, mass) => sum + mass, 0) / Math.max(1, part.length)
  }
  return mean(tipMetal.mm, 0) / mean(tipMetal.mm + tipMetal.before, tipMetal.mm)
}

function contactsOf(
  track: Track,
  { values, from }: MetalProfile,
  { contacts }: Comb,
  duct: CochlearDuct
): PlacedContact[] {
  return contacts.map((at): PlacedContact => {
    const position = placeAt(track, at)
    const seen = Math.min(1, values[Math.round(at) - from] ?? 0)
    return { position, seen, angle: angleAt(track, at, position, duct) }
  })
}

function angleAt({ angles, window }: Track, at: number, position: Vector3, duct: CochlearDuct): number | undefined {
  const along = angles[Math.min(angles.length - 1, Math.round(at))]
  if (at < window || along === null || along === undefined) return undefined
  const about = cochlearPlace(duct.frame, position).angle
  const turns = Math.round((radians(along) - about) / (2 * Math.PI))
  return Math.max(0, degrees(about) + 360 * turns)
}
