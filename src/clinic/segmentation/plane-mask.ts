import { applyAffine, boundsUnder, indexFromWorld, worldFromIndex } from '../../core/geometry/geometry.ts'
import {
  cross,
  determinant,
  dot,
  fromColumns,
  inverse,
  normalize,
  scale,
  subtract,
  transform,
  type Vector3
} from '../../core/math/vector.ts'
import type { Volume } from '../../core/volume.ts'
import type { SourcePlane } from '../../io/dicom/origin.ts'

/**
 * The pixels of a plane that each label covers, as numbers along its rows (i + columns × j), lowest first. A pixel has the
 * label of the voxel nearest to its centre; on the planes a grid is made of, they are those of its voxels.
 */
export function pixelsOnPlane(labels: Volume<Uint8Array>, plane: SourcePlane): ReadonlyMap<number, readonly number[]> {
  const { geometry, data } = labels
  const found = new Map<number, number[]>()
  const axes = axesOf(plane)
  if (axes === undefined) return found
  const pixelFromWorld = inverse(axes)
  const start = transform(pixelFromWorld, plane.position)
  const toPixel = { matrix: pixelFromWorld, offset: scale(start, -1) }
  const world = worldFromIndex(geometry)
  const [nx, ny, nz] = geometry.size
  const corners = boundsUnder(world, [-0.5, -0.5, -0.5], [nx - 0.5, ny - 0.5, nz - 0.5])
  const { low, high } = boundsUnder(toPixel, corners.low, corners.high)
  if (low[2] > 0 || high[2] < 0) return found
  const index = indexFromWorld(geometry)
  const origin = applyAffine(index, plane.position)
  const across = transform(index.matrix, scale(normalize(plane.rowDirection), plane.columnSpacing))
  const down = transform(index.matrix, scale(normalize(plane.columnDirection), plane.rowSpacing))
  for (let j = first(low[1]); j <= last(high[1], plane.rows); j++) {
    for (let i = first(low[0]); i <= last(high[0], plane.columns); i++) {
      const x = Math.round(origin[0] + i * across[0] + j * down[0])
      const y = Math.round(origin[1] + i * across[1] + j * down[1])
      const z = Math.round(origin[2] + i * across[2] + j * down[2])
      if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue
      const label = data[x + nx * (y + ny * z)] as number
      if (label === 0) continue
      const pixels = found.get(label)
      if (pixels === undefined) found.set(label, [i + plane.columns * j])
      else pixels.push(i + plane.columns * j)
    }
  }
  return found
}

/** How far a plane lies along the normal of another, in mm. */
export function heightAbove(base: SourcePlane, plane: SourcePlane): number {
  const normal = normalize(cross(base.rowDirection, base.columnDirection))
  return dot(subtract(plane.position, base.position), normal)
}

/** Steps of a column, a row and 1 mm along the normal, as columns of a matrix; undefined where they span no space. */
function axesOf({ rowDirection, columnDirection, columnSpacing, rowSpacing }: SourcePlane) {
  const normal: Vector3 = normalize(cross(rowDirection, columnDirection))
  const axes = fromColumns(
    scale(normalize(rowDirection), columnSpacing),
    scale(normalize(columnDirection), rowSpacing),
    normal
  )
  return Math.abs(determinant(axes)) > 0 ? axes : undefined
}

function first(low: number): number {
  return Math.max(0, Math.floor(low))
}

function last(high: number, count: number): number {
  return Math.min(count - 1, Math.ceil(high))
}
