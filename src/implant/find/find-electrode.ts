import { quantile } from '../../core/math/quantile.ts'
import { distance } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { catalogue } from '../../electrode/catalogue.ts'
import { contactNumbers } from '../../electrode/contacts.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import { tonotopyOf } from '../tonotopy.ts'
import { findBlobs } from './blobs.ts'
import { type ChainedArray, placeByChain } from './by-chain.ts'
import { placeByComb } from './by-comb.ts'
import { remarksOn } from './contact-remarks.ts'
import { courseThroughTurns } from './course.ts'
import { depthsOf } from './depths.ts'
import type { ElectrodeNotFound, FoundContact, FoundElectrode } from './found-electrode.ts'
import { mayHoldMetal, metalAround, surely } from './metal.ts'
import { mayBeFolded, type PlacedArray, type PlacedContact } from './placed-array.ts'
import { seenAlong } from './seen-metal.ts'
import { type Track, trackOf, trackStep } from './track.ts'

/** So many mm³ of metal, for so many mm of the turns, which span so many mm, may be an array. */
const arrayMetal = { volume: 0.3, length: 1.5, span: 3 }

/** So little (mm³) may be bone of the cochlea's walls, of which up to 0.8 was as dense in 11 real ears: then an array must fit. */
const boneLike = 2

/** Contacts that two methods place at most this share of the spacing apart, in the median, are the same. */
const agreement = 0.25

/**
 * The contacts of an electrode array in a scan, the most apical first: as a chain of blobs through the turns, a spacing apart,
 * or, where contacts are not seen one by one, by the array that explains the metal along its course.
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
  // Where nothing is as dense as metal, a chain of dense bone may look like an array: seen in one of 11 real ears without one.
  const unseen: ElectrodeNotFound | undefined = given && {
    status: 'not found',
    reason: `nothing along the turns is as dense as the contacts of the ${given.model}`
  }
  if (!mayHoldMetal(scan, middle, arrayMetal.volume)) return unseen
  const metal = metalAround(scan, middle)
  if (metal.volume < arrayMetal.volume) return unseen
  const track = trackOf(metal, duct, courseThroughTurns(metal, duct), Math.max(...scan.geometry.spacing))
  const isDense = holdsArray(track)
  if (given === undefined && !isDense) return unseen
  const arrays = given === undefined ? catalogue : [given]
  const chained = placeByChain(findBlobs(scan, duct), metal, duct, arrays)
  if (!isDense && !chained?.isInside) return unseen
  const seen = seenAlong(track.profile, track.window)
  const placed = chosen(chained, isDense, () => placeByComb(track, seen, duct, arrays))
  if (typeof placed !== 'string') return foundOf(placed, duct, given !== undefined)
  if (given === undefined && metal.volume < boneLike) return undefined
  return { status: 'not found', reason: placed, endAngle: track.angles[seen.end] ?? 0 }
}

/** Whether there is enough of dense metal inside the cochlea, over enough of its length. */
function holdsArray({ peaks, window }: Track): boolean {
  const dense = [...peaks.subarray(window)].flatMap((peak, n) => (peak >= surely ? [n] : []))
  const span = (dense.at(-1) ?? 0) - (dense[0] ?? 0)
  return dense.length * trackStep >= arrayMetal.length && span * trackStep >= arrayMetal.span
}

/** Contacts that are seen one by one lie where they are seen; others where the metal along their course has them. */
function chosen(
  chained: ChainedArray | undefined,
  isDense: boolean,
  comb: () => PlacedArray | string
): PlacedArray | string {
  // Metal that is hardly seen along its course tells less than the contacts.
  const isPreferred = chained !== undefined && (chained.isSure || !isDense)
  if (isPreferred && chained.folded === 'unlikely') return chained
  const combed = comb()
  if (chained === undefined || (!isPreferred && typeof combed !== 'string')) return combed
  const isConfirmed = typeof combed !== 'string' && isSame(chained, combed)
  if (chained.folded === 'possible' && isConfirmed) return chained
  if (chained.folded === 'likely' && !isConfirmed) return foldedOver
  return { ...chained, doubts: [...chained.doubts, mayBeFolded] }
}

const foldedOver = 'the tip seems to be folded over, so that the order of contacts is not certain'

function isSame(a: PlacedArray, b: PlacedArray): boolean {
  if (a.contacts.length !== b.contacts.length) return false
  const apart = a.contacts.map(({ position }, n) => distance(position, (b.contacts[n] as PlacedContact).position))
  return quantile(apart, 0.5) < agreement * a.array.spacing
}

function foundOf(placed: PlacedArray, duct: CochlearDuct, isGiven: boolean): FoundElectrode {
  const { array, alternatives, score, doubts } = placed
  const tonotopy = tonotopyOf(duct)
  const depths = depthsOf(placed.contacts, duct)
  const contacts = placed.contacts.map(({ position, angle, seen }, n): FoundContact => {
    const depth = depths[n]
    return {
      ...contactNumbers(array, n),
      position,
      confidence: score * seen,
      ...(angle !== undefined &&
        depth !== undefined && { inside: { angle, depth, frequency: tonotopy.frequency(angle) } })
    }
  })
  return {
    status: 'found',
    array,
    isGiven,
    alternatives,
    score,
    contacts,
    remarks: doubts,
    contactRemarks: remarksOn(contacts, duct)
  }
}
