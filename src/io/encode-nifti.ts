import { gzipSync } from 'fflate'
import { isLeftHanded, worldFromIndex } from '../core/geometry.ts'
import { column, fromColumns, type Matrix3, multiply, scale, transform, type Vector3 } from '../core/vector.ts'
import type { Volume } from '../core/volume.ts'
import { nifti1, niftiDatatype, unitsMillimetre, xform } from './nifti-header.ts'

export interface NiftiOptions {
  /** Compress the file, as its name ending in `.nii.gz` promises. */
  readonly gzip?: boolean
  /** At most 79 ASCII characters. */
  readonly description?: string
}

/** Bytes before the voxels of a single-file NIfTI-1: the header and four bytes that say no extension follows. */
const voxelOffset = 352

/**
 * A volume as a NIfTI-1 file, voxels in their own number type. Both sform and qform carry the geometry (code 1,
 * scanner), turned from LPS to NIfTI's RAS; a left-handed grid has qfac −1. The same volume gives the same bytes.
 */
export function encodeNifti(volume: Volume, options: NiftiOptions = {}): Uint8Array {
  const { data } = volume
  const bytes = new Uint8Array(voxelOffset + data.byteLength)
  writeHeader(new DataView(bytes.buffer), volume)
  bytes.set(new TextEncoder().encode(options.description ?? 'otomark').subarray(0, 79), 148)
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), voxelOffset)
  return options.gzip === true ? gzipSync(bytes, { level: 6, mtime: 0 }) : bytes
}

function writeHeader(view: DataView, { geometry, data }: Volume): void {
  const { at } = nifti1
  const reals = (offset: number, values: readonly number[]): void => {
    for (const [n, value] of values.entries()) view.setFloat32(offset + 4 * n, value, true)
  }
  const { matrix, offset } = worldFromIndex(geometry)
  const rows = multiply(rasFromLps, matrix)
  const origin = transform(rasFromLps, offset)
  const qfac = isLeftHanded(geometry) ? -1 : 1

  view.setInt32(0, nifti1.headerBytes, true)
  for (const [n, value] of [3, ...geometry.size, 1, 1, 1, 1].entries()) view.setInt16(at.dim + 2 * n, value, true)
  view.setInt16(at.datatype, niftiDatatype(data), true)
  view.setInt16(at.bitpix, 8 * data.BYTES_PER_ELEMENT, true)
  reals(at.pixdim, [qfac, ...geometry.spacing, 1, 1, 1, 1])
  reals(at.voxOffset, [voxelOffset])
  reals(at.slope, [1, 0])
  view.setUint8(at.units, unitsMillimetre)
  view.setInt16(at.qformCode, xform.scanner, true)
  view.setInt16(at.sformCode, xform.scanner, true)
  reals(at.quaternion, quaternionOf(multiply(rasFromLps, geometry.direction), qfac))
  reals(at.qoffset, origin)
  for (const axis of [0, 1, 2] as const) {
    reals(at.srow + 16 * axis, [
      rows[3 * axis] as number,
      rows[3 * axis + 1] as number,
      rows[3 * axis + 2] as number,
      origin[axis]
    ])
  }
  view.setUint32(at.magic, 0x6e2b3100, false)
}

/** RAS points to the right and front where LPS points to the left and back; the map is its own inverse. */
export const rasFromLps: Matrix3 = [-1, 0, 0, 0, -1, 0, 0, 0, 1]

/**
 * The last three parts (b, c, d) of the unit quaternion of a rotation whose first part is not negative, after the
 * third column is multiplied by `qfac` to make the matrix right-handed (nifti1.h, method 2).
 */
function quaternionOf(direction: Matrix3, qfac: 1 | -1): Vector3 {
  const r = fromColumns(column(direction, 0), column(direction, 1), scale(column(direction, 2), qfac))
  const [xy, xz, yz] = [r[1] + r[3], r[2] + r[6], r[5] + r[7]]
  const [wx, wy, wz] = [r[7] - r[5], r[2] - r[6], r[3] - r[1]]
  // Each row is the quaternion (a, b, c, d) times four times one of its parts; the longest row is the most exact.
  const rows = [
    [1 + r[0] + r[4] + r[8], wx, wy, wz],
    [wx, 1 + r[0] - r[4] - r[8], xy, xz],
    [wy, xy, 1 - r[0] + r[4] - r[8], yz],
    [wz, xz, yz, 1 - r[0] - r[4] + r[8]]
  ] as const
  const lengths = rows.map((row) => Math.hypot(...row))
  const best = lengths.indexOf(Math.max(...lengths)) as 0 | 1 | 2 | 3
  const [a, b, c, d] = rows[best]
  return scale([b, c, d], (a < 0 ? -1 : 1) / (lengths[best] as number))
}
