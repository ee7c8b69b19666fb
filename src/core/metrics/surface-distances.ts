import { distanceTransform } from '../image/distance-transform.ts'
import type { Vector3 } from '../math/vector.ts'
import { croppedToContent, isEmpty, type MaskPair } from './mask-pair.ts'

/** Distances (mm) of each mask's border voxels to the nearest border voxel of the other. */
export interface SurfaceDistances {
  readonly fromPredicted: Float64Array
  readonly fromTruth: Float64Array
}

/**
 * A border voxel is one that shares a face with the outside; distances run between voxel centres, as in MONAI.
 * @returns null when a mask is empty
 */
export function surfaceDistances(pair: MaskPair): SurfaceDistances | null {
  if (isEmpty(pair.predicted) || isEmpty(pair.truth)) return null
  const { predicted, truth, size, spacing } = croppedToContent(pair)
  const borders = { predicted: borderOf(predicted, size), truth: borderOf(truth, size) }
  const toTruth = distanceTransform(borders.truth, size, spacing)
  const toPredicted = distanceTransform(borders.predicted, size, spacing)
  return {
    fromPredicted: toTruth.filter((_, at) => borders.predicted[at] !== 0),
    fromTruth: toPredicted.filter((_, at) => borders.truth[at] !== 0)
  }
}

/** 1 where a voxel of the mask, which does not reach the grid's border, has a face towards the outside. */
function borderOf(mask: Uint8Array, size: Vector3): Uint8Array {
  const steps = [1, size[0], size[0] * size[1]]
  return mask.map((value, at) =>
    value !== 0 && steps.some((step) => mask[at - step] === 0 || mask[at + step] === 0) ? 1 : 0
  )
}
