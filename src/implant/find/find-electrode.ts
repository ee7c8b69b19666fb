import { withinGrid } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { catalogue } from '../../electrode/catalogue.ts'
import { contactNumbers } from '../../electrode/contacts.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import { tonotopyOf } from '../tonotopy.ts'
import { aboveBackground } from './background.ts'
import { findBlobs } from './blobs.ts'
import { type ChainedArray, placeByChain } from './by-chain.ts'
import { placeByComb } from './by-comb.ts'
import { clearEnd, placeByEnd } from './by-end.ts'
import { chooseMethod, judgedForFold } from './choose-method.ts'
import { remarksOn } from './contact-remarks.ts'
import { courseThroughTurns } from './course.ts'
import { depthsOf } from './depths.ts'
import { areMerged } from './end-of-metal.ts'
import { faintMetal } from './faint-metal.ts'
import type { ElectrodeNotFound, FoundContact, FoundElectrode } from './found-electrode.ts'
import { certainShare, mayHoldMetal, metalAround } from './metal.ts'
import { type MetalProfile, metalProfile } from './metal-profile.ts'
import { isAlike, isCut, isFaint, otherArrayDoubt, type PlacedArray } from './placed-array.ts'
import { type Track, trackOf, trackStep } from './track.ts'

/** Minimum metal of an array: its volume (mm³), the length along the turns that is metal, and the length from first to last (mm). */
const arrayMetal = { volume: 0.3, length: 1.5, span: 3 }

/**
 * Up to this volume (mm³) metal may be dense bone of the cochlea's walls (at most 0.8 in 11 real ears). Unless an array was named,
 * or one fits, it is then not reported.
 */
const boneLike = 2

/**
 * Finds the contacts of an electrode array in a scan, the most apical first: as a chain of blobs through the turns, or by the metal
 * along its centreline, to which the array's template is fitted or, where contacts merge, at whose end the array ends.
 * @param scan Hounsfield units
 * @param duct of the ear, LPS mm
 * @param given the array that was implanted, where that is known
 * @returns undefined where no array was named and no metal runs along the turns; metal beside the cochlea, on teeth or in the
 *   windows, and very dense bone, are not taken for an array
 */
export function findElectrode(
  scan: Scan,
  duct: CochlearDuct,
  given?: ElectrodeArray
): FoundElectrode | ElectrodeNotFound | undefined {
  const middle = inWorld(duct, 180, { radius: 0, height: 1 })
  const dense = findDense(scan, duct, middle, given)
  if (dense !== undefined || given === undefined) return dense
  return (
    findFaint(scan, duct, middle, given) ?? {
      status: 'not found',
      reason: `nothing along the turns is as dense as the contacts of the ${given.model}`
    }
  )
}

/**
 * Finds an array that is denser than bone.
 * @returns undefined where nothing along the turns is: a chain of dense bone may look like an array, as in one of 11 real ears without
 *   an implant
 */
function findDense(
  scan: Scan,
  duct: CochlearDuct,
  middle: Vector3,
  given: ElectrodeArray | undefined
): FoundElectrode | ElectrodeNotFound | undefined {
  if (!mayHoldMetal(scan, middle, arrayMetal.volume)) return undefined
  const metal = metalAround(scan, middle)
  if (metal.volume < arrayMetal.volume) return undefined
  const above = aboveBackground(metal, duct)
  const track = trackOf(metal, above, duct, courseThroughTurns(metal, duct), Math.max(...scan.geometry.spacing))
  const isDense = holdsArray(track)
  if (given === undefined && !isDense) return undefined
  const blobs = findBlobs(scan, duct)
  const byChain = (arrays: readonly ElectrodeArray[]) => placeByChain(blobs, metal, duct, arrays)
  const chained = byChain(given === undefined ? catalogue : [given])
  if (!isDense && !chained?.isInside) return undefined
  const profile = metalProfile(track.profile, track.window)
  const placeFrom = (chain: ChainedArray | undefined, arrays: readonly ElectrodeArray[]): PlacedArray | string =>
    chooseMethod(chain, isDense, () => placeAlong(track, profile, duct, arrays))
  const chosen = placeFrom(chained, given === undefined ? catalogue : [given])
  const placed = typeof chosen === 'string' ? chosen : judgedForFold(chosen, track)
  if (typeof placed !== 'string') {
    const other = given === undefined ? undefined : placeFrom(byChain(catalogue), catalogue)
    return foundOf(withOther(placed, other), scan, duct, given !== undefined)
  }
  if (given === undefined && metal.volume < boneLike) return undefined
  return { status: 'not found', reason: placed, endAngle: track.angles[profile.end] ?? 0 }
}

/** Finds a named array whose contacts merge and are no denser than bone. @returns undefined where the lumen is not filled */
function findFaint(
  scan: Scan,
  duct: CochlearDuct,
  middle: Vector3,
  given: ElectrodeArray
): FoundElectrode | ElectrodeNotFound | undefined {
  const edge = Math.max(...scan.geometry.spacing)
  if (!areMerged(given.spacing, edge)) return undefined
  const dense = metalAround(scan, middle)
  const metal = faintMetal(dense, duct)
  if (metal === undefined) return undefined
  const course = courseThroughTurns(metal, duct)
  const track = trackOf(metal, aboveBackground(dense, duct), duct, course, edge)
  const profile = metalProfile(track.profile, track.window)
  const ended = placeByEnd(track, profile, duct, given, clearEnd)
  const placed = typeof ended === 'string' ? ended : judgedForFold(ended, track)
  if (typeof placed === 'string') {
    return { status: 'not found', reason: placed, endAngle: track.angles[profile.end] ?? 0 }
  }
  return foundOf({ ...placed, doubts: [...placed.doubts, isFaint] }, scan, duct, true)
}

/** Adds a doubt to a named array where another one is recognised without the name. */
function withOther(placed: PlacedArray, other: PlacedArray | string | undefined): PlacedArray {
  if (other === undefined || typeof other === 'string' || isAlike(other.array, placed.array)) return placed
  return { ...placed, doubts: [...placed.doubts, otherArrayDoubt(other.array)] }
}

/** Places an array by the metal along its centreline. */
function placeAlong(
  track: Track,
  metal: MetalProfile,
  duct: CochlearDuct,
  arrays: readonly ElectrodeArray[]
): PlacedArray | string {
  const [array] = arrays
  if (arrays.length === 1 && array !== undefined && areMerged(array.spacing, track.edge)) {
    return placeByEnd(track, metal, duct, array)
  }
  return placeByComb(track, metal, duct, arrays)
}

/** Whether the cochlea holds enough certain metal, over a sufficient length (`arrayMetal`). */
function holdsArray({ peaks, window }: Track): boolean {
  const dense = [...peaks.subarray(window)].flatMap((peak, n) => (peak >= certainShare ? [n] : []))
  const span = (dense.at(-1) ?? 0) - (dense[0] ?? 0)
  return dense.length * trackStep >= arrayMetal.length && span * trackStep >= arrayMetal.span
}

/** Whether a scan shows the middle of the lumen through all turns. */
function showsTurns({ geometry }: Scan, duct: CochlearDuct): boolean {
  const isSeen = withinGrid(geometry)
  return duct.sections.every((section) => isSeen(inWorld(duct, section.angle, section)))
}

function foundOf(placed: PlacedArray, scan: Scan, duct: CochlearDuct, isGiven: boolean): FoundElectrode {
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
    remarks: showsTurns(scan, duct) ? doubts : [...doubts, isCut],
    contactRemarks: remarksOn(contacts, duct)
  }
}
