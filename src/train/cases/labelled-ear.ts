import { parts, type Side } from '../../core/anatomy.ts'
import { InputError } from '../../core/errors.ts'
import { applyAffine, voxelIndex, worldFromIndex } from '../../core/geometry/geometry.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from '../../core/image/moments.ts'
import type { Landmark } from '../../core/landmark.ts'
import { distance, type Vector3 } from '../../core/math/vector.ts'
import type { Volume } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { EarPointId, EarPoints } from '../../ear/mean-ear.ts'
import { betterSide, fitPose, sideConfidence } from '../../ear/pose.ts'

/** What is known of one ear of a labelled scan; plain data. */
export interface EarTruth {
  readonly landmarks: readonly Landmark[]
  readonly frame: EarFrame
}

/** A labyrinth is less than 25 mm long, the two of a head more than 60 mm apart. */
const earReach = 30

/** A part of less volume (mm³) has no centroid worth naming. */
const minPartVolume = 5

/** Two sides that fit alike are not told apart by less than this probability. */
const certainSide = 0.9

/**
 * Splits a label map, if it shows two ears, and gives the centroids of the parts of each (LPS mm).
 * @throws InputError if it holds other labels than those of the anatomy table, or only one of them
 */
export function labelledEars({ geometry, data }: Volume<Uint8Array>, source: string): EarPoints[] {
  const ears: { readonly seed: Vector3; readonly moments: ReturnType<typeof noVoxels>[] }[] = []
  const toWorld = worldFromIndex(geometry)
  for (let at = 0; at < data.length; at++) {
    const label = data[at] as number
    if (label === 0) continue
    const part = parts.findIndex((candidate) => candidate.label === label)
    if (part < 0) {
      const table = parts.map(({ label, name }) => `${label} ${name.toLowerCase()}`).join(', ')
      throw new InputError(source, `holds the label ${label}; labels are ${table}`)
    }
    const place = applyAffine(toWorld, voxelIndex(geometry.size, at))
    let ear = ears.find(({ seed }) => distance(seed, place) < earReach)
    if (ear === undefined) {
      ear = { seed: place, moments: parts.map(noVoxels) }
      ears.push(ear)
    }
    addVoxel(ear.moments[part] as ReturnType<typeof noVoxels>, geometry.size, at, 1)
  }
  const points = ears.map(({ moments }) => {
    const large = parts.flatMap(({ id }, n) => {
      const moment = moments[n] as ReturnType<typeof noVoxels>
      return volumeOf(moment, geometry) < minPartVolume ? [] : [[id, centroidOf(moment, geometry)] as const]
    })
    return new Map<EarPointId, Vector3>(large)
  })
  const whole = points.filter((ear) => ear.size > 0)
  if (whole.some((ear) => ear.size === 1)) {
    throw new InputError(source, 'shows only one part of a labyrinth; outline cochlea, vestibule and canals apart')
  }
  return whole
}

/**
 * Where an ear lies, from all its points that are known.
 * @param side undefined when nobody has said it: it is then told by the points and by how heads lie in scanners
 * @throws InputError if too little is known
 */
export function frameOf(points: EarPoints, side: Side | undefined, source: string): EarFrame {
  if (points.size < 3) {
    throw new InputError(source, 'too little is known of an ear to say how it lies; give labels or all three landmarks')
  }
  const poses = { left: fitPose(points, 'left'), right: fitPose(points, 'right') }
  if (side !== undefined) return poses[side].frame
  const likely = betterSide(poses)
  if (sideConfidence(poses, likely) >= certainSide) return poses[likely].frame
  throw new InputError(source, 'left and right cannot be told apart; add a truth.json with "side": "left" or "right"')
}
