import { type Geometry, voxelCount } from '../core/geometry.ts'
import type { Answer } from './answer.ts'

/** How much of each voxel belongs to each part. */
export interface Occupancy {
  readonly geometry: Geometry
  /** One for each part, in the order of the anatomy table: 0 (outside) to 1 (inside). */
  readonly parts: readonly Float32Array[]
}

/**
 * The softmax probabilities of an answer's parts. A network trained on the labels of voxel centres gives a voxel that
 * the wall divides about the probability of the share inside.
 * @param mask voxels outside which nothing belongs to the ear
 */
export function occupancyOf({ geometry, evidence }: Answer, mask: Uint8Array): Occupancy {
  const voxels = voxelCount(geometry)
  const parts = evidence.map(() => new Float32Array(voxels))
  for (let at = 0; at < voxels; at++) {
    if (mask[at] === 0) continue
    const odds = evidence.map((part) => Math.exp(part[at] as number))
    const sum = odds.reduce((total, value) => total + value, 1)
    for (const [n, part] of parts.entries()) part[at] = (odds[n] as number) / sum
  }
  return { geometry, parts }
}
