import { degrees, radians } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import { type ElectrodeArray, makersNumber } from '../../electrode/array.ts'
import { catalogue } from '../../electrode/catalogue.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import { tonotopyOf } from '../tonotopy.ts'
import { type Comb, fitComb, type Seen, seenAlong } from './comb.ts'
import { remarksOn } from './contact-remarks.ts'
import { courseThroughTurns } from './course.ts'
import { depthsOf } from './depths.ts'
import type { ElectrodeNotFound, FoundContact, FoundElectrode } from './found-electrode.ts'
import { mayHoldMetal, metalAround, surely } from './metal.ts'
import { placeAt, type Track, trackOf, trackStep } from './track.ts'

/** So many mm³ of metal, for so many mm of the turns, which span so many mm, may be an array. */
const arrayMetal = { volume: 0.3, length: 1.5, span: 3 }

/** So little (mm³) may be bone of the cochlea's walls, of which up to 0.8 was as dense in 11 real ears: then an array must fit. */
const boneLike = 2

/**
 * An array explains at least this share of the metal's variance; a given one is known to be there and may explain less, but not where
 * it fits nearly as well elsewhere.
 */
const leastScore = { told: 0.6, given: 0.35, unsure: 0.6 }

/** An array is told by its spacing where contacts stand out this much, and the next other one leaves this much more unexplained. */
const told = { contrast: 0.6, ratio: 1.4 }

/** Contacts one spacing farther in or out must leave this much more (a factor) unexplained; else that is said. */
const surePlace = 1.2

/** Arrays of as many contacts whose spacings differ by less than this share place contacts nearly the same. */
const sameSpacing = 0.04

/** A tip is taken to be folded back where its last mm hold so much more metal than the mm before. */
const fold = { tip: 2.5, before: 6, ratio: 1.45 }

/**
 * The contacts of an electrode array in a scan: the course of the metal through the turns in the ear's own coordinates, the
 * array whose spacing fits it, and its contacts along it, the most apical first.
 * @param scan Hounsfield units
 * @param duct of the ear, LPS mm
 * @param given the array that was implanted, where that is known
 * @returns undefined where no array was named and no metal runs along the turns: metal beside the cochlea, on teeth or in the
 *   windows is no array, nor is very dense bone
 */
export function findElectrode(
  scan: Scan,
  duct: CochlearDuct,
  given?: ElectrodeArray
): FoundElectrode | ElectrodeNotFound | undefined {
  const middle = inWorld(duct, 180, { radius: 0, height: 1 })
  const unseen: ElectrodeNotFound | undefined = given && {
    status: 'not found',
    reason: `nothing along the turns is as dense as the contacts of the ${given.model}`
  }
  if (!mayHoldMetal(scan, middle, arrayMetal.volume)) return unseen
  const metal = metalAround(scan, middle)
  if (metal.volume < arrayMetal.volume) return unseen
  const track = trackOf(metal, duct, courseThroughTurns(metal, duct), Math.max(...scan.geometry.spacing))
  if (!holdsArray(track)) return unseen
  const seen = seenAlong(track.profile, track.window)
  const notFound = (reason: string): ElectrodeNotFound | undefined =>
    given === undefined && metal.volume < boneLike
      ? undefined
      : { status: 'not found', reason, endAngle: track.angles[seen.end] ?? 0 }
  const combs = (given === undefined ? catalogue : [given]).map((one) => fitComb(seen, one))
  const best = combs.reduce((a, b) => (b.misfit < a.misfit ? b : a))
  const score = Math.max(0, 1 - best.misfit)
  if (score < (given === undefined ? leastScore.told : leastScore.given)) {
    return notFound(
      given === undefined
        ? 'no array of the catalogue fits the metal in the cochlea'
        : `the metal in the cochlea does not look like the ${given.model}`
    )
  }
  const others = combs.filter((comb) => comb !== best)
  const alternatives = others.filter((comb) => isAlike(comb.array, best.array)).map((comb) => comb.array)
  const next = Math.min(...others.filter((comb) => !isAlike(comb.array, best.array)).map(({ misfit }) => misfit))
  if (given === undefined && (best.contrast < told.contrast || next < told.ratio * best.misfit)) {
    return notFound('contacts are not told apart, so that the array must be named')
  }
  if (isFolded(track, best)) {
    return notFound(
      'there is so much metal at the tip that it may be folded over: the order of contacts is not certain'
    )
  }
  if (best.margin < surePlace && score < leastScore.unsure) {
    return notFound(
      `the ${best.array.model} fits, but its contacts may lie elsewhere nearly as well, as where a tip is folded over`
    )
  }
  const contacts = contactsOf(track, seen, best, duct, score)
  return {
    status: 'found',
    array: best.array,
    isGiven: given !== undefined,
    alternatives,
    score,
    contacts,
    remarks: shiftRemark(best),
    contactRemarks: remarksOn(contacts, duct)
  }
}

function isAlike(a: ElectrodeArray, b: ElectrodeArray): boolean {
  return a.contacts === b.contacts && Math.abs(a.spacing / b.spacing - 1) < sameSpacing
}

/** Whether there is enough of dense metal inside the cochlea, over enough of its length. */
function holdsArray({ peaks, window }: Track): boolean {
  const dense = [...peaks.subarray(window)].flatMap((peak, n) => (peak >= surely ? [n] : []))
  const span = (dense.at(-1) ?? 0) - (dense[0] ?? 0)
  return dense.length * trackStep >= arrayMetal.length && span * trackStep >= arrayMetal.span
}

/** Whether metal lies twice beside itself at the end of an array. */
function isFolded({ profile }: Track, { contacts }: Comb): boolean {
  const tip = Math.round(contacts[0] as number)
  const mean = (from: number, to: number): number => {
    const part = profile.subarray(
      Math.max(0, Math.round(tip - from / trackStep)),
      Math.max(0, Math.round(tip - to / trackStep))
    )
    return part.reduce((sum, mass) => sum + mass, 0) / Math.max(1, part.length)
  }
  return mean(fold.tip, 0) > fold.ratio * mean(fold.tip + fold.before, fold.tip)
}

function contactsOf(
  track: Track,
  { values, from }: Seen,
  { array, contacts }: Comb,
  duct: CochlearDuct,
  score: number
): FoundContact[] {
  const tonotopy = tonotopyOf(duct)
  const placed = contacts.map((at) => {
    const position = placeAt(track, at)
    return { position, angle: angleAt(track, at, position, duct) }
  })
  const depths = depthsOf(placed, duct)
  return placed.map(({ position, angle }, n): FoundContact => {
    const number = makersNumber(array, n)
    const here = Math.min(1, values[Math.round(contacts[n] as number) - from] ?? 0)
    const depth = depths[n]
    return {
      order: n + 1,
      ...(number !== undefined && { number }),
      position,
      confidence: score * here,
      ...(angle !== undefined &&
        depth !== undefined && { inside: { angle, depth, frequency: tonotopy.frequency(angle) } })
    }
  })
}

/** Degrees from the round window through the turns; undefined outside the cochlea. */
function angleAt({ angles, window }: Track, at: number, position: Vector3, duct: CochlearDuct): number | undefined {
  const along = angles[Math.min(angles.length - 1, Math.round(at))]
  if (at < window || along === null || along === undefined) return undefined
  const about = cochlearPlace(duct.frame, position).angle
  const turns = Math.round((radians(along) - about) / (2 * Math.PI))
  return Math.max(0, degrees(about) + 360 * turns)
}

function shiftRemark({ margin, array: { spacing } }: Comb): string[] {
  if (margin >= surePlace) return []
  return [`All contacts may lie one spacing (${spacing.toFixed(1)} mm) farther in or out: that fits nearly as well.`]
}
