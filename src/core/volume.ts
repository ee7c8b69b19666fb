import { GeometryError } from './errors.ts'
import { type Geometry, voxelCount } from './geometry/geometry.ts'

/** The number types a voxel may have. */
export type VoxelArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/** Voxels and where they lie. Voxel (i, j, k) is `data[i + size[0] · (j + size[1] · k)]`. */
export interface Volume<T extends VoxelArray = VoxelArray> {
  readonly geometry: Geometry
  readonly data: T
}

/** A scan in Hounsfield units. */
export type Scan = Volume<Int16Array | Float32Array>

/**
 * Voxels on a grid.
 * @throws GeometryError if the number of voxels does not fit the grid.
 *
 * @example
 * ```ts
 * import { createVolume, type Geometry } from 'otomark'
 *
 * // A scan of a grid from voxels in Hounsfield units, i fastest.
 * const scanOf = (grid: Geometry, hounsfield: Int16Array) => createVolume(grid, hounsfield)
 * ```
 */
export function createVolume<T extends VoxelArray>(geometry: Geometry, data: T): Volume<T> {
  if (data.length !== voxelCount(geometry)) {
    throw new GeometryError(`${data.length} voxels do not fill a grid of ${geometry.size.join(' × ')}`)
  }
  return { geometry, data }
}
