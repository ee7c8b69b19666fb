import type { Vector3 } from '../math/vector.ts'
import type { VoxelArray } from '../volume.ts'
import { maskBounds } from './mask-bounds.ts'

/** A box of voxels: its first index along each axis, and how many there are. */
export interface VoxelBox {
  readonly start: Vector3
  readonly size: Vector3
}

/** The box of a mask's voxels and `margin` voxels around it, within the grid; undefined for an empty mask. */
export function boxAround(mask: Uint8Array, size: Vector3, margin: number): VoxelBox | undefined {
  const bounds = maskBounds(mask, size)
  if (bounds === undefined) return undefined
  const [low, high] = bounds
  const first = (axis: 0 | 1 | 2): number => Math.max(0, low[axis] - margin)
  const count = (axis: 0 | 1 | 2): number => Math.min(size[axis], high[axis] + margin + 1) - first(axis)
  return { start: [first(0), first(1), first(2)], size: [count(0), count(1), count(2)] }
}

/** The voxels of a box within a grid of `size`. */
export function cropVoxels(values: VoxelArray, size: Vector3, box: VoxelBox): Float32Array {
  return croppedInto(new Float32Array(box.size[0] * box.size[1] * box.size[2]), values, size, box)
}

/** The same of labels or a mask. */
export function cropLabels(values: Uint8Array, size: Vector3, box: VoxelBox): Uint8Array {
  return croppedInto(new Uint8Array(box.size[0] * box.size[1] * box.size[2]), values, size, box)
}

function croppedInto<T extends VoxelArray>(
  result: T,
  values: VoxelArray,
  [nx, ny]: Vector3,
  { start, size }: VoxelBox
): T {
  for (let k = 0, to = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++, to += size[0]) {
      const from = start[0] + nx * (start[1] + j + ny * (start[2] + k))
      result.set(values.subarray(from, from + size[0]), to)
    }
  }
  return result
}
