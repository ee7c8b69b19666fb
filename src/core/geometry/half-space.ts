import { dot, subtract, type Vector3 } from '../math/vector.ts'
import type { Volume, VoxelArray } from '../volume.ts'
import { applyAffine, cornersOf, type Geometry, worldFromIndex } from './geometry.ts'

/** What lies on one side of a plane. */
export interface HalfSpace {
  /** On the plane, LPS mm. */
  readonly point: Vector3
  /** Unit vector that points into it. */
  readonly normal: Vector3
}

/** Whether it holds a point (LPS mm). */
export function isBeyond({ point, normal }: HalfSpace, place: Vector3): boolean {
  return dot(subtract(place, point), normal) > 0
}

/** Whether it holds the middle of any voxel of a grid. */
export function reachesBeyond(grid: Geometry, beyond: HalfSpace): boolean {
  return cornersOf(grid).some((corner) => isBeyond(beyond, corner))
}

/** Gives all voxels whose middle it holds one value, in place. */
export function fillBeyond({ geometry, data }: Volume<VoxelArray>, beyond: HalfSpace, value: number): void {
  if (!reachesBeyond(geometry, beyond)) return
  const toWorld = worldFromIndex(geometry)
  const [nx, ny, nz] = geometry.size
  let at = 0
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) if (isBeyond(beyond, applyAffine(toWorld, [i, j, k]))) data[at] = value
    }
  }
}
