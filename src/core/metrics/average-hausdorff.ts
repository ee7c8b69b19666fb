import { distanceTransform } from '../image/distance-transform.ts'
import type { Vector3 } from '../math/vector.ts'
import { croppedToContent, isEmpty, type MaskPair } from './mask-pair.ts'

const voxelUnits: Vector3 = [1, 1, 1]

/**
 * The average Hausdorff distance of Stebani et al. 2023, in voxels: the mean distance of all voxels of one mask to the
 * other, 0 for those that both share; the larger of the two directions. It is no surface distance: a solid body makes it
 * small.
 * @returns null when a mask is empty
 */
export function averageHausdorff(pair: MaskPair): number | null {
  if (isEmpty(pair.predicted) || isEmpty(pair.truth)) return null
  const { predicted, truth, size } = croppedToContent(pair)
  return Math.max(meanWithin(predicted, truth, size), meanWithin(truth, predicted, size))
}

/** Mean over the voxels of `mask` of the distance to `other`. */
function meanWithin(mask: Uint8Array, other: Uint8Array, size: Vector3): number {
  const distances = distanceTransform(other, size, voxelUnits)
  let [sum, count] = [0, 0]
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue
    sum += distances[at] as number
    count++
  }
  return sum / count
}
