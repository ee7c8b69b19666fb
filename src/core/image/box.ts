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
  return enlargedBox(boxBetween(bounds), margin, size)
}

/** The box from a least to a greatest index along each axis. */
export function boxBetween([low, high]: readonly [Vector3, Vector3]): VoxelBox {
  return { start: low, size: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1] }
}

/** A box and `margin` voxels around it, within a grid of `size`. */
export function enlargedBox(box: VoxelBox, margin: number, size: Vector3): VoxelBox {
  const first = (axis: 0 | 1 | 2): number => Math.max(0, box.start[axis] - margin)
  const count = (axis: 0 | 1 | 2): number =>
    Math.min(size[axis], box.start[axis] + box.size[axis] + margin) - first(axis)
  return { start: [first(0), first(1), first(2)], size: [count(0), count(1), count(2)] }
}

/** Whether two boxes of a grid have voxels in common. */
export function boxesOverlap(a: VoxelBox, b: VoxelBox): boolean {
  return ([0, 1, 2] as const).every(
    (axis) => a.start[axis] < b.start[axis] + b.size[axis] && b.start[axis] < a.start[axis] + a.size[axis]
  )
}

/** The voxels that two boxes of a grid have in common; undefined where there are none. */
export function overlapOf(a: VoxelBox, b: VoxelBox): VoxelBox | undefined {
  if (!boxesOverlap(a, b)) return undefined
  const start = (axis: 0 | 1 | 2): number => Math.max(a.start[axis], b.start[axis])
  const count = (axis: 0 | 1 | 2): number =>
    Math.min(a.start[axis] + a.size[axis], b.start[axis] + b.size[axis]) - start(axis)
  return { start: [start(0), start(1), start(2)], size: [count(0), count(1), count(2)] }
}

/** The smallest box that holds two boxes. */
export function hullOf(a: VoxelBox, b: VoxelBox): VoxelBox {
  const start = (axis: 0 | 1 | 2): number => Math.min(a.start[axis], b.start[axis])
  const count = (axis: 0 | 1 | 2): number =>
    Math.max(a.start[axis] + a.size[axis], b.start[axis] + b.size[axis]) - start(axis)
  return { start: [start(0), start(1), start(2)], size: [count(0), count(1), count(2)] }
}

/** How many voxels in a box of a grid of `size` are not 0. */
export function countWithin(mask: Uint8Array, size: Vector3, box: VoxelBox): number {
  let voxels = 0
  forEachRow(size, box, (from) => {
    for (let at = from; at < from + box.size[0]; at++) if (mask[at] !== 0) voxels++
  })
  return voxels
}

/** Visits the rows of a box: where a row starts in the grid of `size`, its place (j, k) and where it starts in the box. */
export function forEachRow(
  size: Vector3,
  { start, size: [width, height, depth] }: VoxelBox,
  visit: (inGrid: number, j: number, k: number, inBox: number) => void
): void {
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < height; j++) {
      visit(start[0] + size[0] * (start[1] + j + size[1] * (start[2] + k)), j, k, width * (j + height * k))
    }
  }
}

/** The voxels of a box within a grid of `size`. */
export function cropVoxels(values: VoxelArray, size: Vector3, box: VoxelBox): Float32Array {
  return croppedInto(new Float32Array(box.size[0] * box.size[1] * box.size[2]), values, size, box)
}

/** The same of labels or a mask. */
export function cropLabels(values: Uint8Array, size: Vector3, box: VoxelBox): Uint8Array {
  return croppedInto(new Uint8Array(box.size[0] * box.size[1] * box.size[2]), values, size, box)
}

function croppedInto<T extends VoxelArray>(result: T, values: VoxelArray, size: Vector3, box: VoxelBox): T {
  forEachRow(size, box, (from, _j, _k, to) => result.set(values.subarray(from, from + box.size[0]), to))
  return result
}
