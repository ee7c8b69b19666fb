import { earReach, type PartId, parts, type Side } from '../core/anatomy.ts'
import { applyAffine, type Geometry, voxelIndex, voxelVolume, worldFromIndex } from '../core/geometry/geometry.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from '../core/image/moments.ts'
import type { Landmark } from '../core/landmark.ts'
import { add, distance, scale, type Vector3 } from '../core/math/vector.ts'
import type { Volume } from '../core/volume.ts'
import type { Outlines } from './read-labels.ts'

/** An ear as the truth or a prediction shows it. */
export interface ObservedEar {
  /** Null where it is not said. */
  readonly side: Side | null
  /** About where it lies, LPS mm. */
  readonly place: Vector3
  readonly landmarks: readonly Landmark[]
}

/** What the truth or a prediction says of one scan. */
export interface Observation<Ear extends ObservedEar = ObservedEar> {
  /** Label numbers of the anatomy table; null where nothing is outlined. */
  readonly labels: Volume<Uint8Array> | null
  /** Whether there is a label for each part, or only one (1) for the whole labyrinth. */
  readonly outlined: Outlines['outlined']
  readonly ears: readonly Ear[]
  /** Whether a truth names one ear and leaves open whether the scan shows the head's other one. */
  readonly isOtherOpen?: boolean
  /**
   * What a prediction has no file of: it was not predicted, and is not judged. Of what is not listed here, nothing means that
   * nothing was found.
   */
  readonly unpredicted?: readonly ('labels' | 'landmarks')[]
}

/** An ear that is read from files, with the centroids (LPS mm) of its labelled parts. */
export interface OutlinedEar extends ObservedEar {
  /** Whether any labels are this ear's, be they too few for a centroid. */
  readonly isOutlined: boolean
  /** If the labyrinth is one label, its centroid stands under `cochlea`. */
  readonly centroids: ReadonlyMap<PartId, Vector3>
}

/** One ear's landmarks and its side, as far as they are known. */
export interface MarkedEar {
  readonly side: Side | null
  readonly landmarks: readonly Landmark[]
}

/** Minimum labelled volume (mm³) of an ear; a labyrinth has about 200 mm³. */
const minEarVolume = 10

/** Minimum volume (mm³) of a part for which a centroid is given. */
const minPartVolume = 5

/**
 * Joins labels and landmarks. A labelled ear is joined to the landmarks within {@link earReach}, or is an ear without landmarks.
 * If the case names one ear without landmarks, the first labelled ear that has none gets its side.
 */
export function observe(outlines: Outlines | null, marked: readonly MarkedEar[]): Observation<OutlinedEar> {
  const ears = marked.flatMap((ear): OutlinedEar[] => {
    const positions = ear.landmarks.flatMap((mark) => (mark.status === 'defined' ? [mark.position] : []))
    return positions.length === 0 ? [] : [{ ...ear, place: meanOf(positions), isOutlined: false, centroids: new Map() }]
  })
  const unplaced = marked.filter(({ landmarks }) => landmarks.every(({ status }) => status === 'undefined'))
  // Several ears without a place cannot be assigned to outlines; a single one can.
  const named = unplaced.length === 1 ? [...unplaced] : []
  for (const { place, volume, centroids } of outlines === null ? [] : outlinedPlaces(outlines.labels)) {
    const at = ears.findIndex((ear) => distance(ear.place, place) < earReach)
    const near = ears[at]
    const isEar = volume >= minEarVolume
    if (near !== undefined) {
      // A further component within reach of a labelled ear is a loose piece of it, not another ear.
      const isFirst = isEar && near.centroids.size === 0
      ears[at] = { ...near, isOutlined: true, ...(isFirst && { centroids }) }
    } else if (isEar) ears.push({ side: null, landmarks: [], ...named.shift(), place, isOutlined: true, centroids })
  }
  return { labels: outlines?.labels ?? null, outlined: outlines?.outlined ?? 'parts', ears }
}

interface EarVoxels {
  readonly first: Vector3
  sum: Vector3
  voxels: number
  readonly moments: ReturnType<typeof noVoxels>[]
}

interface OutlinedPlace extends Pick<OutlinedEar, 'place' | 'centroids'> {
  /** mm³ */
  readonly volume: number
}

/** Where labels of a scan lie that are of one ear, if of any: their centroids, and those of their parts (LPS mm). */
function outlinedPlaces({ geometry, data }: Volume<Uint8Array>): OutlinedPlace[] {
  const toWorld = worldFromIndex(geometry)
  const ears: EarVoxels[] = []
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    const place = applyAffine(toWorld, voxelIndex(geometry.size, at))
    let ear = ears.find(({ first }) => distance(first, place) < earReach)
    if (ear === undefined) {
      ear = { first: place, sum: [0, 0, 0], voxels: 0, moments: parts.map(noVoxels) }
      ears.push(ear)
    }
    ear.sum = add(ear.sum, place)
    ear.voxels++
    const moment = ear.moments[parts.findIndex(({ label }) => label === data[at])]
    if (moment !== undefined) addVoxel(moment, geometry.size, at, 1)
  }
  return ears.map(({ sum, voxels, moments }) => ({
    place: scale(sum, 1 / voxels),
    volume: voxels * voxelVolume(geometry),
    centroids: centroidsOf(moments, geometry)
  }))
}

function centroidsOf(moments: EarVoxels['moments'], geometry: Geometry): Map<PartId, Vector3> {
  return new Map(
    parts.flatMap(({ id }, n) => {
      const moment = moments[n] as EarVoxels['moments'][number]
      return volumeOf(moment, geometry) < minPartVolume ? [] : [[id, centroidOf(moment, geometry)] as const]
    })
  )
}

function meanOf(points: readonly Vector3[]): Vector3 {
  return scale(points.reduce(add), 1 / points.length)
}
