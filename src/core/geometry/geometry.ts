import { GeometryError } from '../errors.ts'
import {
  add,
  column,
  determinant,
  dot,
  inverse,
  type Matrix3,
  multiply,
  norm,
  subtract,
  transform,
  type Vector3
} from '../math/vector.ts'

/**
 * Where a voxel grid lies in the world. The world is LPS millimetres (x to the patient's left, y to posterior,
 * z to superior), as in DICOM and ITK. Voxel (i, j, k) has its centre at
 * `origin + direction · (i·spacing[0], j·spacing[1], k·spacing[2])`; i runs fastest in memory.
 */
export interface Geometry {
  /** Number of voxels along i, j, k. */
  readonly size: Vector3
  /** Voxel size along i, j, k in mm. */
  readonly spacing: Vector3
  /** World position of the centre of voxel (0, 0, 0) in LPS mm. */
  readonly origin: Vector3
  /** Columns are the unit world directions of the i, j and k axes; may be left-handed. */
  readonly direction: Matrix3
}

/** An affine map x → matrix · x + offset. */
export interface Affine {
  readonly matrix: Matrix3
  readonly offset: Vector3
}

/** Orthogonality a direction matrix must reach; NIfTI stores its axes in float32. */
const orthogonalityTolerance = 1e-3

/**
 * A checked Geometry of its own: later changes of `parts` do not reach it, and it cannot be changed.
 * @throws GeometryError if a size is not a positive integer, a spacing is not positive and finite, or the direction
 * columns are not orthonormal within 1e-3.
 *
 * @example
 * ```ts
 * import { createGeometry } from 'otomark'
 *
 * const grid = createGeometry({
 *   size: [64, 64, 64],
 *   spacing: [0.3, 0.3, 0.3],
 *   origin: [-40, -20, 10],
 *   direction: [1, 0, 0, 0, 1, 0, 0, 0, 1]
 * })
 * ```
 */
export function createGeometry(parts: Geometry): Geometry {
  const { size, spacing, origin, direction } = parts
  if (!size.every((n) => Number.isSafeInteger(n) && n > 0)) {
    throw new GeometryError(`the grid size ${size.join(' × ')} is not three positive whole numbers`)
  }
  if (!spacing.every((mm) => Number.isFinite(mm) && mm > 0)) {
    throw new GeometryError(
      `the voxel size ${spacing.map((mm) => Number(mm.toPrecision(4))).join(' × ')} mm is not three positive numbers`
    )
  }
  if (!origin.every(Number.isFinite) || !direction.every(Number.isFinite)) {
    throw new GeometryError('the origin or direction holds a value that is not a number')
  }
  for (const a of [0, 1, 2] as const) {
    for (const b of [0, 1, 2] as const) {
      const product = dot(column(direction, a), column(direction, b))
      if (Math.abs(product - (a === b ? 1 : 0)) > orthogonalityTolerance) {
        throw new GeometryError('the grid axes are not perpendicular unit vectors (a sheared or tilted grid)')
      }
    }
  }
  return Object.freeze({
    size: frozen(size),
    spacing: frozen(spacing),
    origin: frozen(origin),
    direction: frozen(direction)
  })
}

function frozen<T extends readonly number[]>(numbers: T): Readonly<T> {
  return Object.freeze(structuredClone(numbers))
}

/**
 * The voxel-to-world map: index (i, j, k) → LPS mm.
 *
 * @example
 * ```ts
 * import { applyAffine, type Geometry, type Vector3, worldFromIndex } from 'otomark'
 *
 * // The centre of a voxel in LPS mm.
 * const centerOfVoxel = (grid: Geometry, index: Vector3) => applyAffine(worldFromIndex(grid), index)
 * ```
 */
export function worldFromIndex(geometry: Geometry): Affine {
  const [x, y, z] = geometry.spacing
  const m = multiply(geometry.direction, [x, 0, 0, 0, y, 0, 0, 0, z])
  return { matrix: m, offset: geometry.origin }
}

/**
 * The world-to-voxel map: LPS mm → continuous index (i, j, k).
 *
 * @example
 * ```ts
 * import { applyAffine, type Geometry, indexFromWorld, type Vector3 } from 'otomark'
 *
 * // The continuous index of a place in LPS mm; rounded, the voxel that holds it.
 * const indexOfPlace = (grid: Geometry, place: Vector3) => applyAffine(indexFromWorld(grid), place)
 * ```
 */
export function indexFromWorld(geometry: Geometry): Affine {
  return invertAffine(worldFromIndex(geometry))
}

/** Continuous index in `to` of each continuous index in `from`. */
export function indexFromIndex(from: Geometry, to: Geometry): Affine {
  return composeAffine(indexFromWorld(to), worldFromIndex(from))
}

/**
 * Where an affine map takes a point: `worldFromIndex` an index (i, j, k) to LPS mm, `indexFromWorld` LPS mm to an index.
 *
 * @example
 * ```ts
 * import { applyAffine, indexFromWorld, type Scan, type Vector3, worldFromIndex } from 'otomark'
 *
 * // A place in one scan, (i, j, k), as an index of another scan of the same world.
 * const indexInOther = (scan: Scan, index: Vector3, other: Scan) =>
 *   applyAffine(indexFromWorld(other.geometry), applyAffine(worldFromIndex(scan.geometry), index))
 * ```
 */
export function applyAffine(map: Affine, point: Vector3): Vector3 {
  return add(transform(map.matrix, point), map.offset)
}

/** x → outer(inner(x)). */
export function composeAffine(outer: Affine, inner: Affine): Affine {
  return { matrix: multiply(outer.matrix, inner.matrix), offset: applyAffine(outer, inner.offset) }
}

export function invertAffine(map: Affine): Affine {
  const matrix = inverse(map.matrix)
  const [x, y, z] = transform(matrix, map.offset)
  return { matrix, offset: [-x, -y, -z] }
}

/** The box, along the axes of the target, around the image of the box from `low` to `high`. */
export function boundsUnder(
  map: Affine,
  low: Vector3,
  high: Vector3
): { readonly low: Vector3; readonly high: Vector3 } {
  const corners = [low[0], high[0]].flatMap((x) =>
    [low[1], high[1]].flatMap((y) => [low[2], high[2]].map((z) => applyAffine(map, [x, y, z])))
  )
  const along = (axis: 0 | 1 | 2): number[] => corners.map((corner) => corner[axis])
  return {
    low: [Math.min(...along(0)), Math.min(...along(1)), Math.min(...along(2))],
    high: [Math.max(...along(0)), Math.max(...along(1)), Math.max(...along(2))]
  }
}

/** World positions (LPS mm) of the eight outermost voxels of a grid. */
export function cornersOf(geometry: Geometry): readonly Vector3[] {
  const toWorld = worldFromIndex(geometry)
  const ends = (axis: 0 | 1 | 2): readonly number[] => [0, geometry.size[axis] - 1]
  return ends(0).flatMap((i) => ends(1).flatMap((j) => ends(2).map((k) => applyAffine(toWorld, [i, j, k]))))
}

/** Volume of one voxel in mm³. */
export function voxelVolume(geometry: Geometry): number {
  return geometry.spacing[0] * geometry.spacing[1] * geometry.spacing[2]
}

export function voxelCount(geometry: Geometry): number {
  return geometry.size[0] * geometry.size[1] * geometry.size[2]
}

/** Index (i, j, k) of the voxel at a place in a grid's data, i fastest. */
export function voxelIndex([nx, ny]: Geometry['size'], at: number): Vector3 {
  return [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
}

/** World position (LPS mm) of the middle of the grid. */
export function centerOf(geometry: Geometry): Vector3 {
  const [i, j, k] = geometry.size
  return applyAffine(worldFromIndex(geometry), [(i - 1) / 2, (j - 1) / 2, (k - 1) / 2])
}

/** Edge lengths in mm, voxel borders included. */
export function extentOf(geometry: Geometry): Vector3 {
  const { size, spacing } = geometry
  return [size[0] * spacing[0], size[1] * spacing[1], size[2] * spacing[2]]
}

/** A grid of the given size, spacing and direction whose middle lies at `center` (LPS mm). */
export function geometryAround(center: Vector3, size: Vector3, spacing: Vector3, direction: Matrix3): Geometry {
  const corner = transform(direction, [
    ((size[0] - 1) / 2) * spacing[0],
    ((size[1] - 1) / 2) * spacing[1],
    ((size[2] - 1) / 2) * spacing[2]
  ])
  return createGeometry({ size, spacing, direction, origin: subtract(center, corner) })
}

/** The part of a grid that starts at voxel `start` and has `size` voxels; both must lie inside. */
export function cropGeometry(geometry: Geometry, start: Vector3, size: Vector3): Geometry {
  return createGeometry({ ...geometry, size, origin: applyAffine(worldFromIndex(geometry), start) })
}

/** Whether the voxel axes form a left-handed system in the world. */
export function isLeftHanded(geometry: Geometry): boolean {
  return determinant(geometry.direction) < 0
}

/** Whether a world point (LPS mm) lies inside the grid, voxel borders included. */
export function containsPoint(geometry: Geometry, point: Vector3): boolean {
  return withinGrid(geometry)(point)
}

/** As `containsPoint`, for many points and one grid. */
export function withinGrid(geometry: Geometry): (point: Vector3) => boolean {
  const toIndex = indexFromWorld(geometry)
  const [nx, ny, nz] = geometry.size
  return (point) => {
    const [i, j, k] = applyAffine(toIndex, point)
    return i >= -0.5 && i <= nx - 0.5 && j >= -0.5 && j <= ny - 0.5 && k >= -0.5 && k <= nz - 0.5
  }
}

/** Whether two grids put every voxel at the same place, within a tolerance in mm. */
export function sameGrid(a: Geometry, b: Geometry, toleranceMm = 1e-3): boolean {
  if (!a.size.every((n, axis) => n === b.size[axis])) return false
  const far: Vector3 = [a.size[0] - 1, a.size[1] - 1, a.size[2] - 1]
  const [mapA, mapB] = [worldFromIndex(a), worldFromIndex(b)]
  const corners: Vector3[] = [
    [0, 0, 0],
    [far[0], 0, 0],
    [0, far[1], 0],
    [0, 0, far[2]]
  ]
  return corners.every((corner) => norm(subtract(applyAffine(mapA, corner), applyAffine(mapB, corner))) <= toleranceMm)
}
