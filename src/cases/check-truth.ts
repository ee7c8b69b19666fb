import { earReach, landmarkKinds } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import { applyAffine, type Geometry, voxelIndex, worldFromIndex } from '../core/geometry/geometry.ts'
import { distance, type Vector3 } from '../core/math/vector.ts'
import type { Volume } from '../core/volume.ts'
import type { CaseFiles } from './case-files.ts'
import { checkSidesOfPlaces } from './check-sides.ts'
import type { Observation, OutlinedEar } from './observed-ear.ts'
import type { EarPair } from './pair-ears.ts'
import {
  besideGrid,
  besideScan,
  betweenEars,
  hasAsManyVoxels,
  mm,
  otherCoordinates,
  outsideBox,
  outsideOf
} from './places.ts'

/** How far (mm) a landmark may be moved where it is corrected in 3D Slicer; other coordinates move it farther. */
const correction = 5

/** How far (mm) landmarks of one ear may lie apart: in real ears 2 to 9 mm. */
const landmarkDistance = { least: 0.3, most: 15 }

/** How far (mm) a landmark may lie outside the box of its ear's labels, which may be those of one part. */
const besideLabels = 15

/** @throws InputError where markups and truth.json name other sides or places for one ear, naming both files */
export function checkSources({ id, markups, truth }: CaseFiles, pairs: readonly EarPair[]): void {
  for (const { given, list } of pairs) {
    if (given === undefined || list === undefined || markups === null) continue
    if (given.side !== null && list.side !== null && given.side !== list.side) {
      throw new InputError(
        markups,
        `names the ${list.side} ear, and ${truth ?? id} the ${given.side}; correct one of them`
      )
    }
    for (const mark of list.landmarks) {
      const other = given.landmarks.find((one) => one.id === mark.id)
      if (mark.status !== 'defined' || other?.status !== 'defined') continue
      const apart = distance(mark.position, other.position)
      if (apart <= correction) continue
      throw new InputError(
        markups,
        `puts ${nameOf(mark.id)} ${mm(apart)} from where ${truth ?? id} puts it; remove the landmarks from the file that is not ` +
          'meant: the other may be in other coordinates (RAS for LPS), or older'
      )
    }
  }
}

/**
 * Checks that the truth of a case is consistent with one head, and with its scan.
 * @param scan its grid, if known
 * @throws InputError that names the files that contradict each other, or the one that contradicts itself
 */
export function checkPlaces(
  one: CaseFiles,
  { ears, labels, outlined }: Observation<OutlinedEar>,
  scan?: Geometry
): void {
  const { id } = one
  const marks = one.markups ?? one.truth ?? one.labels ?? id
  const [first, second] = ears
  if (first !== undefined && second !== undefined) {
    if (first.side !== null && first.side === second.side) {
      throw new InputError(one.truth ?? marks, `names two ${first.side} ears; name one left and one right`)
    }
    const apart = distance(first.place, second.place)
    if (apart < betweenEars) {
      throw new InputError(
        marks,
        `puts two ears ${mm(apart)} apart; those of a head lie farther apart than ${mm(betweenEars)}`
      )
    }
    checkMatched(one, ears)
    checkSidesOfPlaces(one.truth ?? marks, ears, outlined)
  }
  for (const ear of ears) checkLandmarks(marks, ear)
  if (labels !== null && one.labels !== null) {
    for (const ear of ears.filter(({ centroids }) => centroids.size > 0)) checkBeside(marks, one.labels, labels, ear)
  }
  if (scan === undefined || one.scan === null) return
  const outsideScan = outsideOf(scan)
  for (const { landmarks } of ears) {
    for (const mark of landmarks) {
      const outside = mark.status === 'defined' ? outsideScan(mark.position) : 0
      if (outside <= besideScan) continue
      throw new InputError(marks, `puts ${nameOf(mark.id)} ${mm(outside)} outside ${one.scan}; ${otherCoordinates}`)
    }
  }
  if (labels !== null && one.labels !== null) checkLabels(one.labels, labels, one.scan, scan)
}

/** An ear that only is marked and another that only is outlined are one ear, at two places. */
function checkMatched({ id, markups, truth, labels }: CaseFiles, ears: readonly OutlinedEar[]): void {
  const marked = ears.find(({ landmarks, centroids }) => landmarks.length > 0 && centroids.size === 0)
  const outlined = ears.find(({ landmarks, centroids }) => landmarks.length === 0 && centroids.size > 0)
  if (marked === undefined || outlined === undefined) return
  const apart = distance(marked.place, outlined.place)
  throw new InputError(
    markups ?? truth ?? id,
    `marks an ear ${mm(apart)} from the one that ${labels ?? id} outlines; ${otherCoordinates}`
  )
}

function checkLandmarks(source: string, { landmarks }: OutlinedEar): void {
  const defined = landmarks.flatMap((mark) => (mark.status === 'defined' ? [mark] : []))
  for (const [n, a] of defined.entries()) {
    for (const b of defined.slice(n + 1)) {
      const apart = distance(a.position, b.position)
      if (apart >= landmarkDistance.least && apart <= landmarkDistance.most) continue
      throw new InputError(
        source,
        `puts ${nameOf(a.id)} and ${nameOf(b.id)} of an ear ${mm(apart)} apart; landmarks are read in LPS mm, and lie 2 to 9 mm apart`
      )
    }
  }
}

function checkBeside(marks: string, file: string, labels: Volume<Uint8Array>, ear: OutlinedEar): void {
  const box = boxOf(labels, ear.place)
  if (box === undefined) return
  for (const mark of ear.landmarks) {
    if (mark.status !== 'defined') continue
    const outside = outsideBox(mark.position, box[0], box[1])
    if (outside <= besideLabels) continue
    throw new InputError(
      marks,
      `puts ${nameOf(mark.id)} ${mm(outside)} outside the ear that ${file} outlines; ${otherCoordinates}`
    )
  }
}

/** The bounding box, in the world, of labelled voxels within an ear's reach of a place. */
function boxOf({ geometry, data }: Volume<Uint8Array>, place: Vector3): readonly [Vector3, Vector3] | undefined {
  const toWorld = worldFromIndex(geometry)
  const low: [number, number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high: [number, number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    const point = applyAffine(toWorld, voxelIndex(geometry.size, at))
    if (distance(point, place) >= earReach) continue
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], point[axis])
      high[axis] = Math.max(high[axis], point[axis])
    }
  }
  return low[0] > high[0] ? undefined : [low, high]
}

/** Labels must lie where the scan does, and those of as many voxels on its grid. */
function checkLabels(file: string, { geometry, data }: Volume<Uint8Array>, scanFile: string, scan: Geometry): void {
  const beside = hasAsManyVoxels(geometry, scan) ? besideGrid(geometry, scan) : 0
  if (beside > 0) {
    throw new InputError(
      file,
      `has as many voxels as ${scanFile} and lies up to ${mm(beside)} beside it; ${otherCoordinates}`
    )
  }
  const [toWorld, outsideScan] = [worldFromIndex(geometry), outsideOf(scan)]
  let farthest = 0
  for (let at = 0; at < data.length; at++) {
    if (data[at] !== 0) farthest = Math.max(farthest, outsideScan(applyAffine(toWorld, voxelIndex(geometry.size, at))))
  }
  if (farthest <= besideScan) return
  throw new InputError(file, `outlines what lies up to ${mm(farthest)} outside ${scanFile}; ${otherCoordinates}`)
}

function nameOf(id: string): string {
  return landmarkKinds.find((kind) => kind.id === id)?.name.toLowerCase() ?? id
}
