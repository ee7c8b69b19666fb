import { applyAffine, cornersOf, type Geometry, indexFromWorld } from '../core/geometry/geometry.ts'
import { distance, type Vector3 } from '../core/math/vector.ts'

/** How far (mm) landmarks and labels may lie outside the scan, which may be cut close. */
export const besideScan = 5

/** Least distance (mm) of two ears; heads have them more than 55 mm apart. */
export const betweenEars = 20

export const otherCoordinates =
  'one of the two may be in other coordinates (RAS for LPS, or another unit); correct it or move it away'

/** How far points lie outside a grid, in mm; 0 within. */
export function outsideOf(grid: Geometry): (point: Vector3) => number {
  const toIndex = indexFromWorld(grid)
  const [x, y, z] = grid.spacing
  const [nx, ny, nz] = grid.size
  const far: Vector3 = [(nx - 1) * x, (ny - 1) * y, (nz - 1) * z]
  return (point) => {
    const [i, j, k] = applyAffine(toIndex, point)
    return outsideBox([i * x, j * y, k * z], [0, 0, 0], far)
  }
}

export function outsideBox(point: Vector3, low: Vector3, high: Vector3): number {
  return Math.hypot(...point.map((at, axis) => Math.max(0, (low[axis] as number) - at, at - (high[axis] as number))))
}

/** Whether two grids have as many voxels along their axes, in whatever order the axes are stored. */
export function hasAsManyVoxels(a: Geometry, b: Geometry): boolean {
  const counts = (grid: Geometry): number[] => [...grid.size].sort((m, n) => m - n)
  const others = counts(b)
  return counts(a).every((count, axis) => count === others[axis])
}

/** How far (mm) a grid of as many voxels lies beside another; 0 where the corners are the same, in whatever order. */
export function besideGrid(grid: Geometry, other: Geometry): number {
  const others = cornersOf(other)
  const apart = Math.max(
    ...cornersOf(grid).map((point) => Math.min(...others.map((corner) => distance(point, corner))))
  )
  return apart > Math.max(1, ...other.spacing) ? apart : 0
}

export function mm(length: number): string {
  return `${Number(length.toPrecision(3))} mm`
}
