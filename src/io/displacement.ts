import type { Vector3 } from '../core/math/vector.ts'

/** Maximum displacement of a voxel from its place in the header's grid, as a share of the finest voxel edge. */
const partOfVoxel = 0.1

/** Positions written as decimals are this far off, in mm, whatever the size of voxels. */
const decimalJitter = 0.02

/**
 * The tolerance of geometry, in mm, for all formats: the maximum displacement of a voxel, at the farthest corner of the grid, by
 * headers that are rounded, slightly sheared or differ between slices.
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
