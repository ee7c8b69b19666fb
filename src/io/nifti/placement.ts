import { InputError } from '../../core/errors.ts'
import { applyAffine, type Geometry, worldFromIndex } from '../../core/geometry/geometry.ts'
import {
  column,
  dot,
  fromColumns,
  type Matrix3,
  multiply,
  norm,
  scale,
  subtract,
  transform,
  type Vector3
} from '../../core/math/vector.ts'
import { maxDisplacement } from '../displacement.ts'
import { type Note, settleUnit } from '../units.ts'
import { type NiftiHeader, xform } from './header.ts'

/** NIfTI's world is RAS, ours LPS: right and front become left and back. The map is its own inverse. */
export const rasFromLps: Matrix3 = [-1, 0, 0, 0, -1, 0, 0, 0, 1]

/** Where a grid lies: everything of a Geometry but its size. */
export type Placement = Omit<Geometry, 'size'>

/**
 * The placement of a NIfTI's grid, from its sform. The qform takes over where there is no sform, or where the sform is
 * sheared or leads to a template (codes 3 and 4), which may stretch the head, or contradicts the voxel size.
 * @throws InputError if the header holds neither, because then left cannot be told from right
 */
export function placementOf(header: NiftiHeader, size: Vector3, source: string, note: Note): Placement {
  const { sformCode, qformCode } = header
  if (sformCode <= xform.unknown && qformCode <= xform.unknown) {
    throw new InputError(
      source,
      'does not say how it is oriented (sform and qform codes are 0), so left cannot be told from right; ' +
        'set the orientation and save it again'
    )
  }
  const millimetres = settleUnit(header.unit, header.pixdim, size, note)
  if (sformCode <= xform.unknown) return qformOf(header, millimetres)
  const sform = sformOf(header, millimetres)
  const pixdim = scale(header.pixdim, millimetres)
  const lengthsDiffer = differ(sform.spacing, pixdim, size)
  const lengths = `its sform has voxels of ${lengthsOf(sform.spacing)} mm, its pixdim ${lengthsOf(pixdim)} mm`
  if (qformCode <= xform.unknown) {
    if (lengthsDiffer) note(`${lengths}: the sform is taken`)
    return sform
  }
  const qform = qformOf(header, millimetres)
  if (sformCode > xform.aligned || !isOrthogonal(sform.direction)) return qform
  if (lengthsDiffer) {
    note(`${lengths}: the qform is taken, which agrees with it`)
    return qform
  }
  const apart = farthest({ ...sform, size }, { ...qform, size })
  if (apart > maxDisplacement(sform.spacing)) {
    note(`its sform and qform put voxels up to ${apart.toFixed(2)} mm apart: the sform is taken`)
  }
  return sform
}

/** Whether two voxel sizes put the far end of an axis at different places. */
function differ(a: Vector3, b: Vector3, size: Vector3): boolean {
  const limit = maxDisplacement(a)
  return a.some((length, axis) => !(Math.abs(length - (b[axis] as number)) * (size[axis] as number) <= limit))
}

/** The greatest distance in mm that two grids of one size put a corner apart. */
function farthest(a: Geometry, b: Geometry): number {
  const [mapA, mapB] = [worldFromIndex(a), worldFromIndex(b)]
  const ends = (axis: 0 | 1 | 2): number[] => [0, a.size[axis] - 1]
  const corners = ends(0).flatMap((i) => ends(1).flatMap((j) => ends(2).map((k): Vector3 => [i, j, k])))
  return Math.max(...corners.map((corner) => norm(subtract(applyAffine(mapA, corner), applyAffine(mapB, corner)))))
}

function lengthsOf(spacing: Vector3): string {
  return spacing.map((length) => Number(length.toFixed(3))).join(' × ')
}

function sformOf({ srow }: NiftiHeader, millimetres: number): Placement {
  const lps = (col: number): Vector3 => {
    const ras: Vector3 = [srow[col] as number, srow[4 + col] as number, srow[8 + col] as number]
    return scale(transform(rasFromLps, ras), millimetres)
  }
  const [x, y, z] = [lps(0), lps(1), lps(2)]
  const spacing: Vector3 = [norm(x), norm(y), norm(z)]
  return {
    spacing,
    origin: lps(3),
    direction: fromColumns(scale(x, 1 / spacing[0]), scale(y, 1 / spacing[1]), scale(z, 1 / spacing[2]))
  }
}

function qformOf({ quaternion, qfac, pixdim, qoffset }: NiftiHeader, millimetres: number): Placement {
  const rotation = rotationOf(quaternion)
  const axes = fromColumns(column(rotation, 0), column(rotation, 1), scale(column(rotation, 2), qfac))
  return {
    spacing: scale(pixdim, millimetres),
    origin: scale(transform(rasFromLps, qoffset), millimetres),
    direction: multiply(rasFromLps, axes)
  }
}

/** The rotation of the unit quaternion (a, b, c, d), a ≥ 0, of which b, c, d are stored (nifti1.h, method 2). */
function rotationOf(stored: Vector3): Matrix3 {
  const rest = 1 - dot(stored, stored)
  // Rounding to float32 may leave the vector part a little longer than 1: then a is 0 and the vector is shortened.
  const halfTurn = rest < 1e-7
  const a = halfTurn ? 0 : Math.sqrt(rest)
  const [b, c, d] = halfTurn ? scale(stored, 1 / norm(stored)) : stored
  return [
    a * a + b * b - c * c - d * d,
    2 * (b * c - a * d),
    2 * (b * d + a * c),
    2 * (b * c + a * d),
    a * a + c * c - b * b - d * d,
    2 * (c * d - a * b),
    2 * (b * d - a * c),
    2 * (c * d + a * b),
    a * a + d * d - b * b - c * c
  ]
}

/** The inverse of {@link rotationOf} for a rotation matrix: parts b, c, d of its unit quaternion with a ≥ 0. */
export function quaternionOf(r: Matrix3): Vector3 {
  const [xy, xz, yz] = [r[1] + r[3], r[2] + r[6], r[5] + r[7]]
  const [wx, wy, wz] = [r[7] - r[5], r[2] - r[6], r[3] - r[1]]
  // Each row is (a, b, c, d) times four times one of these parts; the longest row is the most exact.
  const rows = [
    [1 + r[0] + r[4] + r[8], wx, wy, wz],
    [wx, 1 + r[0] - r[4] - r[8], xy, xz],
    [wy, xy, 1 - r[0] + r[4] - r[8], yz],
    [wz, xz, yz, 1 - r[0] - r[4] + r[8]]
  ] as const
  const length = (row: readonly number[]): number => Math.hypot(...row)
  const [a, b, c, d] = rows.reduce((best, row) => (length(row) > length(best) ? row : best))
  return scale([b, c, d], (a < 0 ? -1 : 1) / length([a, b, c, d]))
}

function isOrthogonal(direction: Matrix3): boolean {
  const [x, y, z] = [column(direction, 0), column(direction, 1), column(direction, 2)]
  return Math.max(Math.abs(dot(x, y)), Math.abs(dot(x, z)), Math.abs(dot(y, z))) < 1e-3
}
