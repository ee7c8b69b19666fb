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
 * voxels are the scan's, so that no value is interpolated; those above 0.3 mm are divided along that axis, and finer ones
 * than `finest` are taken together.
 * @param finest mm; where it is more than 0.3, voxels up to it stay whole and pieces may be as large
 * @param keepCenters whether voxels are divided into an odd number only, so that their centres are those of pieces too
 * @returns undefined when the mask lies outside the scan
 */
export function refinedGrid(
  grid: Geometry,
  mask: Uint8Array,
  scan: Geometry,
  { finest, keepCenters }: { readonly finest: number; readonly keepCenters: boolean }
): Geometry | undefined {
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
    const spacing = scan.spacing[axis]
    const together = Math.max(1, Math.floor(finest / spacing))
    return together > 1
      ? joined(start, count, spacing, together)
      : divided(start, count, spacing, piecesOf(spacing, finest, keepCenters))
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

/** Into how many pieces a voxel's edge is divided. */
function piecesOf(edge: number, finest: number, keepCenters: boolean): number {
  if (edge <= Math.max(coarse, finest)) return 1
  const longest = Math.max(pieceEdge, finest)
  return keepCenters ? 2 * Math.ceil((edge / longest - 1) / 2) + 1 : Math.ceil(edge / longest)
}

function divided(start: number, count: number, spacing: number, pieces: number): AxisOfGrid {
  return { start: start - 0.5 + 0.5 / pieces, size: count * pieces, spacing: spacing / pieces }
}

function joined(start: number, count: number, spacing: number, together: number): AxisOfGrid {
  return { start: start + (together - 1) / 2, size: Math.floor(count / together), spacing: spacing * together }
}
