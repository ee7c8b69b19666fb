import type { Geometry } from '../../core/geometry/geometry.ts'
import {
  column,
  determinant,
  fromColumns,
  type Matrix3,
  multiply,
  norm,
  scale,
  transform,
  type Vector3
} from '../../core/math/vector.ts'
import { type NiftiHeader, xform } from './header.ts'
import { isRotation, rotationOf } from './quaternion.ts'

/** NIfTI's world is RAS, ours LPS: right and front become left and back. The map is its own inverse. */
export const rasFromLps: Matrix3 = [-1, 0, 0, 0, -1, 0, 0, 0, 1]

/** Where a grid lies: everything of a Geometry but its size. */
export type Placement = Omit<Geometry, 'size'>

/** One of the two placements that a NIfTI's header may hold. */
export interface Form extends Placement {
  readonly name: 'sform' | 'qform'
  /** Where it leads to, one of `xform` or a later code. */
  readonly code: number
  /** Why it places no grid, to follow its name; undefined where it does. */
  readonly flaw?: string
}

/** The sform and the qform, in this order, those of them that there are. Lengths are in mm. */
export function formsOf(header: NiftiHeader, millimetres: number): Form[] {
  const { sformCode, qformCode } = header
  return [
    ...(sformCode > xform.unknown ? [sformOf(header, millimetres)] : []),
    ...(qformCode > xform.unknown ? [qformOf(header, millimetres)] : [])
  ]
}

/** The voxel size for the unit of length to be judged by: the header's, or the sform's where the header has none. */
export function statedSpacing(header: NiftiHeader): Vector3 {
  return isSize(header.pixdim) ? header.pixdim : sformOf(header, 1).spacing
}

export function lengthsOf(spacing: Vector3): string {
  return spacing.map((length) => Number(length.toFixed(3))).join(' × ')
}

/** Whether these can be the sides of a voxel. */
export function isSize(spacing: Vector3): boolean {
  return spacing.every((length) => length > 0 && Number.isFinite(length))
}

const notFinite = 'holds a value that is not a finite number'

/** Volume of the parallelepiped of an sform's unit axes at which they lie in a plane; that of a tilt of 45° is 0.7. */
const flat = 0.01

function sformOf({ srow, sformCode }: NiftiHeader, millimetres: number): Form {
  const lps = (col: number): Vector3 => {
    const ras: Vector3 = [srow[col] as number, srow[4 + col] as number, srow[8 + col] as number]
    return scale(transform(rasFromLps, ras), millimetres)
  }
  const [x, y, z] = [lps(0), lps(1), lps(2)]
  const spacing: Vector3 = [norm(x), norm(y), norm(z)]
  const direction = fromColumns(scale(x, 1 / spacing[0]), scale(y, 1 / spacing[1]), scale(z, 1 / spacing[2]))
  const form: Form = { name: 'sform', code: sformCode, spacing, origin: lps(3), direction }
  if (!srow.every(Number.isFinite)) return { ...form, flaw: notFinite }
  // Written so that an axis of length 0, which has no direction, fails too.
  if (!(Math.abs(determinant(direction)) > flat)) return { ...form, flaw: 'puts all voxels into one plane' }
  return form
}

function qformOf(header: NiftiHeader, millimetres: number): Form {
  const { quaternion, qfac, qformCode, pixdim, qoffset } = header
  const rotation = rotationOf(quaternion)
  const axes = fromColumns(column(rotation, 0), column(rotation, 1), scale(column(rotation, 2), qfac))
  const form: Form = {
    name: 'qform',
    code: qformCode,
    spacing: scale(pixdim, millimetres),
    origin: scale(transform(rasFromLps, qoffset), millimetres),
    direction: multiply(rasFromLps, axes)
  }
  if (![qfac, ...quaternion, ...qoffset].every(Number.isFinite)) return { ...form, flaw: notFinite }
  if (!isRotation(quaternion))
    return { ...form, flaw: `is no rotation (quaternion ${quaternion.map(short).join(', ')})` }
  if (!isSize(pixdim)) return { ...form, flaw: `has voxels of ${lengthsOf(form.spacing)} mm (pixdim)` }
  return form
}

function short(value: number): number {
  return Number(value.toPrecision(3))
}
