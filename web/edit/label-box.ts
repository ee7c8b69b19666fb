import { cropGeometry, type Geometry } from '../../src/core/geometry/geometry.ts'
import { cropLabels } from '../../src/core/image/box.ts'
import { maskBounds } from '../../src/core/image/mask-bounds.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'

/** The part of a grid that holds labels, so that work on them does not grow with the scan around. */
export interface LabelBox {
  /** The box as a grid of its own. */
  readonly grid: Geometry
  /** What lies in it of data on the whole grid. */
  crop(data: Uint8Array): Uint8Array
  /** The number in the whole grid's data of a voxel of the box. */
  voxelOf(at: number): number
}

/** The box of the voxels that have a label in any of the maps, and a voxel more on each side; undefined without any. */
export function labelBox(grid: Geometry, ...maps: readonly Uint8Array[]): LabelBox | undefined {
  const bounds = maps.flatMap((labels) => maskBounds(labels, grid.size) ?? [])
  if (bounds.length === 0) return undefined
  const along = (axis: 0 | 1 | 2): number[] => bounds.map((corner) => corner[axis])
  const first = (axis: 0 | 1 | 2): number => Math.max(0, Math.min(...along(axis)) - 1)
  const last = (axis: 0 | 1 | 2): number => Math.min(grid.size[axis] - 1, Math.max(...along(axis)) + 1)
  const start: Vector3 = [first(0), first(1), first(2)]
  const size: Vector3 = [last(0) - start[0] + 1, last(1) - start[1] + 1, last(2) - start[2] + 1]
  const [nx, ny] = grid.size
  return {
    grid: cropGeometry(grid, start, size),
    crop: (data) => cropLabels(data, grid.size, { start, size }),
    voxelOf(at) {
      const row = Math.floor(at / size[0])
      const [x, y, z] = [at % size[0], row % size[1], Math.floor(row / size[1])]
      return start[0] + x + nx * (start[1] + y + ny * (start[2] + z))
    }
  }
}
