import { degrees, radians } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { type Comb, fitComb } from './comb.ts'
import { tipsByEnd } from './end-of-metal.ts'
import { isAlike, mayBeFolded, type PlacedArray, type PlacedContact, shiftDoubt } from './placed-array.ts'
import type { Seen } from './seen-metal.ts'
import { placeAt, type Track, trackStep } from './track.ts'

/**
 * An array explains at least this share of the metal's variance; a given one is known to be there and may explain less, but not where
 * it fits nearly as well elsewhere.
 */
const leastScore = { told: 0.6, given: 0.35, unsure: 0.5 }

/**
 * An array is told by its spacing where contacts stand out this much, the next other one leaves this much more unexplained, and its
 * place is sure.
 */
const told = { contrast: 0.6, ratio: 1.4 }

/** Contacts one spacing farther in or out must leave this much more (a factor) unexplained; else that is said. */
const surePlace = 1.2

/** More contacts outside the cochlea than this share are more likely others inside that are not dense enough to be seen. */
const mostOutside = 1 / 3

/**
 * How much more metal the last mm hold than the mm before: less than `none` is no tip; more than `possible` may be a tip that is
 * folded back, more than `likely` is taken for one.
 */
const tipMetal = { mm: 2.5, before: 6, none: 0.15, possible: 1.45, likely: 1.8 }

/**
 * The contacts of an array by the metal along a track: the array, of several the best, whose contacts, wires and tip explain it.
 * Contacts need not be seen apart, where the array is given.
 * @param arrays the given one alone, or all there are
 * @returns why none is placed, as a text
 */
export function placeByComb(
  track: Track,
  seen: Seen,
  duct: CochlearDuct,
  arrays: readonly ElectrodeArray[]
): PlacedArray | string {
  const isGiven = arrays.length === 1
  const combs = arrays.map((one) => fitComb(seen, one, tipsByEnd(track, one.spacing)))
  const best = combs.reduce((a, b) => (b.misfit < a.misfit ? b : a))
  const score = Math.max(0, 1 - best.misfit)
  if (score < (isGiven ? leastScore.given : leastScore.told)) {
    return isGiven
      ? `the metal in the cochlea does not look like the ${best.array.model}`
      : 'no array of the catalogue fits the metal in the cochlea'
  }
  const others = combs.filter((comb) => comb !== best)
  const alternatives = others.filter((comb) => isAlike(comb.array, best.array)).map((comb) => comb.array)
  const next = Math.min(...others.filter((comb) => !isAlike(comb.array, best.array)).map(({ misfit }) => misfit))
  const isClear = best.contrast >= told.contrast && next >= told.ratio * best.misfit && best.margin >= surePlace
  if (!isGiven && !isClear) {
    return 'contacts are not told apart, so that the array must be named'
  }
  const metal = metalAtTip(track, best)
  if (metal > tipMetal.likely) {
    return 'there is so much metal at the tip that it may be folded over: the order of contacts is not certain'
  }
  if (metal < tipMetal.none) return `there is hardly any metal where the tip of the ${best.array.model} would be`
  if (best.margin < surePlace && score < leastScore.unsure) {
    return `the ${best.array.model} fits, but its contacts may lie elsewhere nearly as well, as where a tip is folded over`
  }
  const contacts = contactsOf(track, seen, best, duct)
  const outside = contacts.filter(({ angle }) => angle === undefined).length
  if (outside > mostOutside * contacts.length) {
    return `${outside} of ${contacts.length} contacts of the ${best.array.model} would lie outside the cochlea: its metal may be seen in part only`
  }
  const doubts = [
    ...(best.isMerged ? [merged] : []),
    ...(metal > tipMetal.possible ? [mayBeFolded] : []),
    ...(best.margin < surePlace ? [shiftDoubt(best.array)] : [])
  ]
  return { array: best.array, alternatives, score, contacts, doubts }
}

const merged =
  'Contacts are not seen one by one: where they lie follows from the end of the metal and the spacing of the array.'

/** Metal along the end of an array, as a share of what lies before. */
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

function contactsOf(track: Track, { values, from }: Seen, { contacts }: Comb, duct: CochlearDuct): PlacedContact[] {
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
