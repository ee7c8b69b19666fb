import { parts } from '../../core/anatomy.ts'
import { type Geometry, voxelCount } from '../../core/geometry/geometry.ts'
import type { Volume } from '../../core/volume.ts'
import type { Prediction } from '../predict/prediction.ts'

/** How much of each voxel belongs to each part. */
export interface Occupancy {
  readonly geometry: Geometry
  /** One for each part, in the order of the anatomy table: 0 (outside) to 1 (inside). */
  readonly parts: readonly Float32Array[]
}

/**
 * The softmax probabilities of a prediction's parts. A network trained on the labels of voxel centres gives a voxel that
 * the wall divides about the probability of the share inside.
 * @param mask voxels outside which nothing belongs to the ear
 * @param logitBias of the segmenter's calibration
 */
export function occupancyOf({ geometry, logits }: Prediction, mask: Uint8Array, logitBias: number): Occupancy {
  const voxels = voxelCount(geometry)
  const shares = logits.map(() => new Float32Array(voxels))
  const odds = new Float64Array(logits.length)
  for (let at = 0; at < voxels; at++) {
    if (mask[at] === 0) continue
    let sum = 1
    for (let n = 0; n < logits.length; n++) {
      odds[n] = Math.exp((logits[n]?.[at] as number) - logitBias)
      sum += odds[n] as number
    }
    for (let n = 0; n < logits.length; n++) (shares[n] as Float32Array)[at] = (odds[n] as number) / sum
  }
  return { geometry, parts: shares }
}

/** Labels as occupancy: each voxel is wholly inside or wholly outside. */
export function occupancyOfLabels({ geometry, data }: Volume<Uint8Array>): Occupancy {
  return { geometry, parts: parts.map(({ label }) => new Float32Array(data).map((value) => (value === label ? 1 : 0))) }
}

/** 1 in voxels of which some part has a share, elsewhere 0. */
export function occupiedVoxels({ geometry, parts: shares }: Occupancy): Uint8Array {
  const occupied = new Uint8Array(voxelCount(geometry))
  for (const share of shares) for (let at = 0; at < share.length; at++) if ((share[at] as number) > 0) occupied[at] = 1
  return occupied
}

/** A prediction, without heatmaps, that {@link occupancyOf} makes these shares from. */
export function predictionOf(occupancy: Occupancy, logitBias: number): Prediction {
  return { geometry: occupancy.geometry, logits: logitsOf(occupancy, logitBias), heatmaps: [] }
}

/** Probabilities nearer to 0 or 1 than this leave no doubt. */
const noDoubt = 1e-6

/** The logits that {@link occupancyOf} makes these shares from, as far as they leave a doubt. */
export function logitsOf({ parts: shares }: Occupancy, logitBias: number): Float32Array[] {
  const outside = (at: number): number => 1 - shares.reduce((sum, part) => sum + (part[at] as number), 0)
  return shares.map((part) =>
    part.map((share, at) => Math.log(Math.max(noDoubt, share) / Math.max(noDoubt, outside(at))) + logitBias)
  )
}
