import type { Vector3 } from '../core/math/vector.ts'

/** Part of the finest voxel side that a voxel may lie from where its header's grid puts it. */
const partOfVoxel = 0.1

/** Positions written as decimals are this far off, in mm, whatever the size of voxels. */
export const decimalJitter = 0.02

/**
 * The one tolerance of geometry, in mm: how far headers that are rounded, sheared a little or differ between slices may
 * move a voxel, at the farthest corner of the grid, and still count as the grid.
 */
export function maxDisplacement(spacing: Vector3 | readonly number[]): number {
  return Math.max(decimalJitter, partOfVoxel * Math.min(...spacing))
}

/**
 * How far positions that were written in whole multiples of `step` mm may lie beside the true ones, in any direction:
 * half a step along each axis. Steps coarser than 0.1 mm are not taken for rounding.
 */
export function roundingOf(step: number): number {
  return Math.max(decimalJitter, Math.sqrt(3) * 0.5 * Math.min(step, 0.1))
}
