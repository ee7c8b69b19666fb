import {
  applyAffine,
  boundsUnder,
  createGeometry,
  type Geometry,
  indexFromIndex,
  worldFromIndex
} from '../../core/geometry/geometry.ts'
import { maskBounds } from '../../core/image/mask-bounds.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** Edges (mm) above which a voxel of the scan is divided, and the edge its pieces have at most. */
const coarse = 0.3
const pieceEdge = 0.25

/**
 * The grid on which the boundary is placed: the box of the scan's voxels around the masked voxels of another grid. Its
 * voxels are the scan's, so that no value is interpolated; those above 0.3 mm are divided into an odd number along that
 * axis, which keeps their centres, and finer ones than `finest` are taken together.
 * @param finest mm; where it is more than 0.3, voxels up to it stay whole and pieces may be as large
 * @returns undefined when the mask lies outside the scan
 */
export function refinedGrid(grid: Geometry, mask: Uint8Array, scan: Geometry, finest: number): Geometry | undefined {
  const bounds = maskBounds(mask, grid.size)
  if (bounds === undefined) return undefined
  const [first, last] = bounds
  const { low, high } = boundsUnder(
    indexFromIndex(grid, scan),
    [first[0] - 0.5, first[1] - 0.5, first[2] - 0.5],
    [last[0] + 0.5, last[1] + 0.5, last[2] + 0.5]
  )
  const axes = ([0, 1, 2] as const).map((axis) => {
    const start = Math.max(0, Math.floor(low[axis]))
    const count = Math.min(scan.size[axis], Math.ceil(high[axis]) + 1) - start
    return alongAxis(start, count, scan.spacing[axis], finest)
  })
  const each = (value: (axis: AxisOfGrid) => number): Vector3 => axes.map(value) as [number, number, number]
  if (axes.some(({ size }) => size <= 0)) return undefined
  const origin = applyAffine(
    worldFromIndex(scan),
    each(({ start }) => start)
  )
  return createGeometry({ ...scan, size: each(({ size }) => size), spacing: each(({ spacing }) => spacing), origin })
}

interface AxisOfGrid {
  /** Index in the scan of the first voxel's centre. */
  readonly start: number
  readonly size: number
  readonly spacing: number
}

function alongAxis(start: number, count: number, spacing: number, finest: number): AxisOfGrid {
  const together = Math.max(1, Math.floor(finest / spacing))
  if (together > 1) {
    return { start: start + (together - 1) / 2, size: Math.floor(count / together), spacing: spacing * together }
  }
  const [undivided, edge] = [Math.max(coarse, finest), Math.max(pieceEdge, finest)]
  const pieces = spacing > undivided ? 2 * Math.ceil((spacing / edge - 1) / 2) + 1 : 1
  return { start: start - 0.5 + 0.5 / pieces, size: count * pieces, spacing: spacing / pieces }
}
