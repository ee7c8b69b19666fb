import type { Vector3 } from '../math/vector.ts'

/** Two masks (not 0: inside) on one grid, between which distances are measured. */
export interface MaskPair {
  readonly predicted: Uint8Array
  readonly truth: Uint8Array
  readonly size: Vector3
  /** Voxel edges, mm. */
  readonly spacing: Vector3
}

/** The same masks, cropped to their content with a margin of one empty voxel, so that no mask touches the grid's border. */
export function croppedToContent(pair: MaskPair): MaskPair {
  const { predicted, truth, size } = pair
  const low: [number, number, number] = [...size]
  const high: [number, number, number] = [-1, -1, -1]
  for (let at = 0; at < truth.length; at++) {
    if (predicted[at] === 0 && truth[at] === 0) continue
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], index[axis] as number)
      high[axis] = Math.max(high[axis], index[axis] as number)
    }
  }
  const cropped: Vector3 = [high[0] - low[0] + 3, high[1] - low[1] + 3, high[2] - low[2] + 3]
  const crop = (mask: Uint8Array): Uint8Array => {
    const result = new Uint8Array(cropped[0] * cropped[1] * cropped[2])
    for (let k = low[2]; k <= high[2]; k++) {
      for (let j = low[1]; j <= high[1]; j++) {
        const from = low[0] + size[0] * (j + size[1] * k)
        const to = 1 + cropped[0] * (j - low[1] + 1 + cropped[1] * (k - low[2] + 1))
        result.set(mask.subarray(from, from + high[0] - low[0] + 1), to)
      }
    }
    return result
  }
  return { ...pair, predicted: crop(predicted), truth: crop(truth), size: cropped }
}

export function isEmpty(mask: Uint8Array): boolean {
  return mask.every((value) => value === 0)
}
