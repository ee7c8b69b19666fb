import type { Side } from '../../core/anatomy.ts'
import { applyAffine, voxelIndex, voxelVolume, worldFromIndex } from '../../core/geometry/geometry.ts'
import type { Landmark } from '../../core/landmark.ts'
import { add, distance, scale, type Vector3 } from '../../core/math/vector.ts'
import type { Volume } from '../../core/volume.ts'

/** An ear as the truth or a prediction shows it. */
export interface ObservedEar {
  /** Null where it is not said. */
  readonly side: Side | null
  /** About where it lies, LPS mm. */
  readonly place: Vector3
  readonly landmarks: readonly Landmark[]
}

/** What the truth or a prediction says of one scan. */
export interface Observation {
  /** Label numbers of the anatomy table, or 1 for the whole labyrinth; null where nothing is outlined. */
  readonly labels: Volume<Uint8Array> | null
  readonly ears: readonly ObservedEar[]
}

/** One ear's landmarks and its side, as far as they are known. */
export interface MarkedEar {
  readonly side: Side | null
  readonly landmarks: readonly Landmark[]
}

/** A labyrinth is less than 25 mm long, the two of a head more than 60 mm apart: within 30 mm it is the same ear. */
export const earReach = 30

/** Outlined crumbs of less (mm³) are no ear; a labyrinth has about 200 mm³. */
const minEarVolume = 10

/** Brings together what is marked and what is outlined: an outlined ear without any landmark is an ear as well. */
export function observe(labels: Volume<Uint8Array> | null, marked: readonly MarkedEar[]): Observation {
  const ears = marked.flatMap((ear): ObservedEar[] => {
    const positions = ear.landmarks.flatMap((mark) => (mark.status === 'defined' ? [mark.position] : []))
    return positions.length === 0 ? [] : [{ ...ear, place: meanOf(positions) }]
  })
  const unmarked = marked.filter(({ landmarks }) => landmarks.every(({ status }) => status === 'undefined'))
  for (const place of labels === null ? [] : outlinedPlaces(labels)) {
    if (ears.some((ear) => distance(ear.place, place) < earReach)) continue
    ears.push({ side: null, landmarks: [], ...unmarked.shift(), place })
  }
  return { labels, ears }
}

/** Centroids (LPS mm) of the outlined ears of a scan. */
function outlinedPlaces({ geometry, data }: Volume<Uint8Array>): Vector3[] {
  const toWorld = worldFromIndex(geometry)
  const ears: { readonly first: Vector3; sum: Vector3; voxels: number }[] = []
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    const place = applyAffine(toWorld, voxelIndex(geometry.size, at))
    let ear = ears.find(({ first }) => distance(first, place) < earReach)
    if (ear === undefined) {
      ear = { first: place, sum: [0, 0, 0], voxels: 0 }
      ears.push(ear)
    }
    ear.sum = add(ear.sum, place)
    ear.voxels++
  }
  return ears
    .filter(({ voxels }) => voxels * voxelVolume(geometry) >= minEarVolume)
    .map(({ sum, voxels }) => scale(sum, 1 / voxels))
}

function meanOf(points: readonly Vector3[]): Vector3 {
  return scale(points.reduce(add), 1 / points.length)
}
