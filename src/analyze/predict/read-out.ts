import { type LandmarkKind, landmarkKinds, parts } from '../../core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld, voxelCount, worldFromIndex } from '../../core/geometry/geometry.ts'
import { dilate } from '../../core/image/dilate.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from '../../core/image/moments.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { EarPointId, EarPoints } from '../../ear/mean-ear.ts'
import { expectedPoint } from '../../ear/pose.ts'
import { findPeak } from './heatmap-peak.ts'
import { componentMask, type LabyrinthComponent, labyrinthComponents, mainComponent } from './labyrinth-components.ts'
import { labyrinthProbability, type Prediction, strongestPart } from './prediction.ts'

/** What is read from a prediction, of the one ear that its grid was laid around. */
export interface ReadOut {
  readonly component: LabyrinthComponent
  /** 1 within one voxel of the ear's labyrinth, else 0. */
  readonly mask: Uint8Array
  readonly landmarks: readonly Landmark[]
  readonly points: EarPoints
}

/** Landmarks lie on the labyrinth's wall or inside; farther than this from it (mm) a peak belongs to something else. */
const landmarkReach = 2

/** How far (mm) a landmark may lie from its place in the mean ear once the pose is known; real ears vary by 0.4 mm. */
const expectedReach = 4

/** A landmark of less confidence is reported undefined. */
const minConfidence = 0.1

/** No centroid is given for a part of less volume (mm³). */
const minPartVolume = 5

/**
 * @param sigma of the heatmaps the network was trained on, mm
 * @returns undefined when the prediction shows no labyrinth
 */
export function readOut(prediction: Prediction, sigma: number): ReadOut | undefined {
  const probability = labyrinthProbability(prediction)
  const components = labyrinthComponents(prediction.geometry, probability)
  const component = mainComponent(components)
  if (component === undefined) return undefined
  const mask = componentMask(components, component)
  const near = dilate(mask, prediction.geometry.size, Math.round(landmarkReach / prediction.geometry.spacing[0]))
  const landmarks = landmarkKinds.map((_, n) => readLandmark(prediction, n, sigma, near))
  const centers = new Map<EarPointId, Vector3>()
  for (const [n, { id }] of parts.entries()) {
    const center = partCenter(prediction, n, probability, mask)
    if (center !== undefined) centers.set(id, center)
  }
  return { component, mask, landmarks, points: withLandmarks(centers, landmarks) }
}

/** The same reading with every landmark looked for again, near where an ear in this frame has it. */
export function readAgain(prediction: Prediction, sigma: number, readOut: ReadOut, frame: EarFrame): ReadOut {
  const landmarks = landmarkKinds.map(({ id }, n) =>
    readLandmark(prediction, n, sigma, ballMask(prediction.geometry, expectedPoint(frame, id), expectedReach))
  )
  const points = new Map([...readOut.points].filter(([id]) => parts.some((part) => part.id === id)))
  return { ...readOut, landmarks, points: withLandmarks(points, landmarks) }
}

/**
 * One landmark of a prediction (only its heatmaps count), with the confidence it is reported with.
 * @param kind place in the anatomy table
 * @param near voxels where the peak may start
 */
export function readLandmark(
  { geometry, heatmaps }: Prediction,
  kind: number,
  sigma: number,
  near: Uint8Array
): Landmark {
  const { id } = landmarkKinds[kind] as LandmarkKind
  const peak = findPeak(heatmaps[kind] as Float32Array, geometry.size, sigma / geometry.spacing[0], near)
  const confidence = peak === undefined ? 0 : Math.max(0, Math.min(1, peak.height)) * peak.concentration
  if (peak === undefined || confidence < minConfidence) return { id, status: 'undefined', confidence }
  return { id, status: 'defined', position: applyAffine(worldFromIndex(geometry), peak.index), confidence }
}

function withLandmarks(points: EarPoints, landmarks: readonly Landmark[]): EarPoints {
  const all = new Map(points)
  for (const landmark of landmarks) if (landmark.status === 'defined') all.set(landmark.id, landmark.position)
  return all
}

/** 1 within `radius` mm of a place (LPS mm), else 0. */
function ballMask(geometry: Geometry, place: Vector3, radius: number): Uint8Array {
  const { size, spacing } = geometry
  const middle = applyAffine(indexFromWorld(geometry), place)
  const mask = new Uint8Array(voxelCount(geometry))
  const off = (axis: 0 | 1 | 2, index: number): number => ((index - middle[axis]) * spacing[axis]) ** 2
  const first = (axis: 0 | 1 | 2): number => Math.max(0, Math.ceil(middle[axis] - radius / spacing[axis]))
  const last = (axis: 0 | 1 | 2): number => Math.min(size[axis] - 1, Math.floor(middle[axis] + radius / spacing[axis]))
  for (let k = first(2); k <= last(2); k++) {
    for (let j = first(1); j <= last(1); j++) {
      const line = size[0] * (j + size[1] * k)
      const left = radius ** 2 - off(2, k) - off(1, j)
      for (let i = first(0); i <= last(0); i++) if (off(0, i) <= left) mask[line + i] = 1
    }
  }
  return mask
}

/** Centroid (LPS mm) of the voxels at which a part outweighs the other parts, weighted by the labyrinth's probability. */
function partCenter(
  prediction: Prediction,
  part: number,
  probability: Float32Array,
  mask: Uint8Array
): Vector3 | undefined {
  const { geometry, logits } = prediction
  const moments = noVoxels()
  for (let at = 0; at < mask.length; at++) {
    const weight = probability[at] as number
    if (mask[at] === 0 || weight <= 0.5 || strongestPart(logits, at) !== part) continue
    addVoxel(moments, geometry.size, at, weight)
  }
  return volumeOf(moments, geometry) < minPartVolume ? undefined : centroidOf(moments, geometry)
}
