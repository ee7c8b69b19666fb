import { landmarkKinds, parts } from '../core/anatomy.ts'
import { applyAffine, worldFromIndex } from '../core/geometry.ts'
import type { Landmark } from '../core/landmark.ts'
import type { Vector3 } from '../core/vector.ts'
import { type Answer, labyrinthProbability, strongestPart } from './answer.ts'
import { type Blob, blobMask, findBlobs, mainBlob } from './blobs.ts'
import { dilate } from './dilate.ts'
import type { EarPointId, EarPoints } from './mean-ear.ts'
import { addVoxel, centroidOf, noVoxels, volumeOf } from './moments.ts'
import { findPeak } from './peak.ts'

/** What an answer tells of the one ear its grid was laid around. */
export interface Reading {
  readonly blob: Blob
  /** 1 within one voxel of the ear's labyrinth, else 0. */
  readonly mask: Uint8Array
  readonly landmarks: readonly Landmark[]
  readonly points: EarPoints
}

/** Landmarks lie on the labyrinth's wall or inside; farther than this from it (mm) a peak belongs to something else. */
const landmarkReach = 2

/** A landmark of less confidence is reported undefined. */
const leastConfidence = 0.1

/** A part of less volume (mm³) has no centroid worth naming. */
const leastPartVolume = 5

/**
 * @param sigma of the heatmaps the network was trained on, mm
 * @returns undefined when the answer shows no labyrinth
 */
export function readAnswer(answer: Answer, sigma: number): Reading | undefined {
  const probability = labyrinthProbability(answer)
  const blobs = findBlobs(answer.geometry, probability)
  const blob = mainBlob(blobs)
  if (blob === undefined) return undefined
  const mask = blobMask(blobs, blob)
  const landmarks = readLandmarks(answer, sigma, mask)
  const points = new Map<EarPointId, Vector3>()
  for (const landmark of landmarks) if (landmark.status === 'defined') points.set(landmark.id, landmark.position)
  parts.forEach(({ id }, n) => {
    const center = partCenter(answer, n, probability, mask)
    if (center !== undefined) points.set(id, center)
  })
  return { blob, mask, landmarks, points }
}

function readLandmarks(answer: Answer, sigma: number, mask: Uint8Array): Landmark[] {
  const { geometry, heatmaps } = answer
  const spacing = geometry.spacing[0]
  const near = dilate(mask, geometry.size, Math.round(landmarkReach / spacing))
  return landmarkKinds.map(({ id }, n) => {
    const peak = findPeak(heatmaps[n] as Float32Array, geometry.size, sigma / spacing, near)
    if (peak === undefined) return { id, status: 'undefined', confidence: 0 }
    const confidence = Math.max(0, Math.min(1, peak.height)) * peak.concentration
    if (confidence < leastConfidence) return { id, status: 'undefined', confidence }
    return { id, status: 'defined', position: applyAffine(worldFromIndex(geometry), peak.index), confidence }
  })
}

/** Centroid (LPS mm) of the voxels at which a part outweighs the other parts, weighted by the labyrinth's probability. */
function partCenter(answer: Answer, part: number, probability: Float32Array, mask: Uint8Array): Vector3 | undefined {
  const { geometry, evidence } = answer
  const moments = noVoxels()
  for (let at = 0; at < mask.length; at++) {
    const weight = probability[at] as number
    if (mask[at] === 0 || weight <= 0.5 || strongestPart(evidence, at) !== part) continue
    addVoxel(moments, geometry.size, at, weight)
  }
  return volumeOf(moments, geometry) < leastPartVolume ? undefined : centroidOf(moments, geometry)
}
