import { applyAffine, type Geometry, voxelVolume, worldFromIndex } from '../geometry/geometry.ts'
import type { Vector3 } from '../math/vector.ts'

/** Running sums over weighted voxels of a grid; they give a volume and a centroid. */
export interface Moments {
  voxels: number
  weight: number
  /** Weighted sums of the voxel indices. */
  i: number
  j: number
  k: number
}

export function noVoxels(): Moments {
  return { voxels: 0, weight: 0, i: 0, j: 0, k: 0 }
}

/** Adds voxel number `at` of a grid to `moments`, which it changes. */
export function addVoxel(moments: Moments, size: Vector3, at: number, weight: number): void {
  const [nx, ny] = size
  moments.voxels++
  moments.weight += weight
  moments.i += weight * (at % nx)
  moments.j += weight * (Math.floor(at / nx) % ny)
  moments.k += weight * Math.floor(at / (nx * ny))
}

/** Centroid in LPS mm; there must be some weight. */
export function centroidOf({ weight, i, j, k }: Moments, geometry: Geometry): Vector3 {
  return applyAffine(worldFromIndex(geometry), [i / weight, j / weight, k / weight])
}

/** mm³. */
export function volumeOf({ voxels }: Moments, geometry: Geometry): number {
  return voxels * voxelVolume(geometry)
}
