import { type Geometry, isLeftHanded, worldFromIndex } from '../../core/geometry/geometry.ts'
import { column, fromColumns, multiply, scale, transform } from '../../core/math/vector.ts'
import type { Volume } from '../../core/volume.ts'
import { gzipParts } from '../gzip.ts'
import { joinBytes } from '../join-bytes.ts'
import { voxelTypeOf } from '../voxels.ts'
import { rasFromLps } from './forms.ts'
import { nifti1, niftiDatatype, xform } from './header.ts'
import { quaternionOf } from './quaternion.ts'

export interface NiftiOptions {
  /** Compress the file, as its name ending in `.nii.gz` promises. */
  readonly gzip?: boolean
  /** At most 79 ASCII characters; `otomark` when left out. */
  readonly description?: string
}

/** The header and four bytes that say no extension follows. */
const voxelOffset = 352

/**
 * A volume as a NIfTI-1 file, voxels in their own number type. Both sform and qform carry the geometry (code 1,
 * scanner), turned from LPS to NIfTI's RAS; a left-handed grid has qfac −1. The same volume gives the same bytes.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { encodeNifti, type Findings } from 'otomark'
 *
 * const writeLabels = ({ labels }: Findings) => writeFile('labels.nii.gz', encodeNifti(labels, { gzip: true }))
 * ```
 */
export function encodeNifti(volume: Volume, options: NiftiOptions = {}): Uint8Array {
  const parts = niftiParts(volume, options.description)
  return options.gzip === true ? gzipParts(parts) : joinBytes(parts)
}

/** As `encodeNifti`, what the file holds uncompressed: header and voxels. */
export function niftiParts(volume: Volume, description = 'otomark'): [head: Uint8Array, voxels: Uint8Array] {
  const { data } = volume
  const head = new Uint8Array(voxelOffset)
  writeHeader(new DataView(head.buffer), volume)
  head.set(new TextEncoder().encode(description).subarray(0, 79), nifti1.description)
  return [head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]
}

/** By how many voxels, and by how much of a direction, ITK lets two images differ that are to be of one grid. */
const strictReaders = 1e-6

/**
 * Whether the float32 numbers of a NIfTI's header put a grid elsewhere than where it lies, as far as strict readers look:
 * programs that stand on ITK refuse such a file beside the scan it belongs to.
 */
export function isRoundedByNifti({ origin, spacing, direction }: Geometry): boolean {
  const roundedBy = (value: number): number => Math.abs(Math.fround(value) - value)
  return (
    [...origin, ...spacing].some((millimetres) => roundedBy(millimetres) > strictReaders * spacing[0]) ||
    direction.some((cosine) => roundedBy(cosine) > strictReaders)
  )
}

function writeHeader(view: DataView, { geometry, data }: Volume): void {
  const shorts = (at: number, ...values: readonly number[]): void => {
    for (const [n, value] of values.entries()) view.setInt16(at + 2 * n, value, true)
  }
  const reals = (at: number, ...values: readonly number[]): void => {
    for (const [n, value] of values.entries()) view.setFloat32(at + 4 * n, value, true)
  }
  const { matrix, offset } = worldFromIndex(geometry)
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = multiply(rasFromLps, matrix)
  const [ox, oy, oz] = transform(rasFromLps, offset)
  const qfac = isLeftHanded(geometry) ? -1 : 1
  const axes = multiply(rasFromLps, geometry.direction)
  const rotation = fromColumns(column(axes, 0), column(axes, 1), scale(column(axes, 2), qfac))

  view.setInt32(0, nifti1.headerBytes, true)
  shorts(nifti1.dim, 3, ...geometry.size, 1, 1, 1, 1)
  shorts(nifti1.datatype, niftiDatatype[voxelTypeOf(data)])
  shorts(nifti1.bitpix, 8 * data.BYTES_PER_ELEMENT)
  reals(nifti1.pixdim, qfac, ...geometry.spacing, 1, 1, 1, 1)
  reals(nifti1.voxelOffset, voxelOffset)
  reals(nifti1.slope, 1, 0)
  view.setUint8(nifti1.units, 2)
  shorts(nifti1.qformCode, xform.scanner)
  shorts(nifti1.sformCode, xform.scanner)
  reals(nifti1.quaternion, ...quaternionOf(rotation))
  reals(nifti1.qoffset, ox, oy, oz)
  reals(nifti1.srow, xx, xy, xz, ox, yx, yy, yz, oy, zx, zy, zz, oz)
  for (const [n, letter] of [...'n+1'].entries()) view.setUint8(nifti1.magic + n, letter.charCodeAt(0))
}
