import { InputError } from '../core/errors.ts'
import {
  column,
  cross,
  dot,
  fromColumns,
  type Matrix3,
  multiply,
  norm,
  scale,
  transform,
  type Vector3
} from '../core/vector.ts'
import type { Scan } from '../core/volume.ts'
import { checkDeclaredSize, checkFileLength, geometryOf, voxelBytes } from './check-scan.ts'
import { rasFromLps } from './encode-nifti.ts'
import { inflate, inflateStart, isGzip } from './inflate.ts'
import { type NiftiLayout, nifti1, nifti2, xform } from './nifti-header.ts'
import { bytesPerVoxel, hounsfieldUnits, readVoxels, type VoxelType } from './voxels.ts'

/**
 * A scan from the bytes of a single-file NIfTI-1 or -2, plain or gzip-compressed. Its voxels may share the memory of
 * `bytes`. The grid comes from the sform, or from the qform where there is no sform or only one that leads to a
 * template, which may stretch the head.
 * @param source the file's name, for messages
 * @throws InputError if it cannot be read or is not one 3-D scalar volume with a known orientation
 */
export async function decodeNifti(bytes: Uint8Array, source: string): Promise<Scan> {
  const gzip = isGzip(bytes)
  const header = new NiftiHeader(gzip ? await inflateStart(source, bytes, 'gzip', nifti2.headerBytes) : bytes, source)
  const type = header.voxelType()
  const size = checkDeclaredSize(source, header.dims())
  const geometry = geometryOf(source, { size, ...header.placement() })
  const needed = voxelBytes(geometry, bytesPerVoxel(type))
  const start = header.voxelOffset()
  if (!gzip) checkFileLength(source, needed, bytes.length - start)
  const plain = gzip ? await inflate(source, bytes, 'gzip', start + needed) : bytes
  const count = size[0] * size[1] * size[2]
  const stored = readVoxels(plain, start, count, type, header.littleEndian)
  const { slope, intercept } = header.rescale()
  return { geometry, data: hounsfieldUnits(source, stored, slope, intercept) }
}

/** NIfTI datatype codes that hold one number in a voxel. */
const voxelTypes: Readonly<Record<number, VoxelType>> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32'
}

const colourTypes = new Set([128, 2304])

/** Where a grid lies: everything of a Geometry but its size. */
interface Placement {
  readonly spacing: Vector3
  readonly origin: Vector3
  readonly direction: Matrix3
}

class NiftiHeader {
  readonly littleEndian: boolean
  private readonly view: DataView
  private readonly layout: NiftiLayout
  private readonly source: string

  constructor(bytes: Uint8Array, source: string) {
    this.source = source
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.length < nifti1.headerBytes) throw this.error('is too short to be a NIfTI file')
    const layouts = [nifti1, nifti2].filter((layout) => bytes.length >= layout.headerBytes)
    const found = [true, false].flatMap((little) =>
      layouts
        .filter((layout) => this.view.getInt32(0, little) === layout.headerBytes)
        .map((layout) => ({ little, layout }))
    )[0]
    if (found === undefined) throw this.error('is not a NIfTI file (its first bytes are not a NIfTI header)')
    this.littleEndian = found.little
    this.layout = found.layout
    const magic = String.fromCharCode(...bytes.subarray(this.layout.at.magic, this.layout.at.magic + 3))
    if (magic === 'ni1' || magic === 'ni2') {
      throw this.error('keeps its voxels in a separate .img file; save it as a single .nii file')
    }
    if (magic !== 'n+1' && magic !== 'n+2') {
      throw this.error('is an Analyze file, which does not tell left from right; save it as NIfTI')
    }
  }

  dims(): readonly number[] {
    const { at, dimBytes } = this.layout
    const rank = this.dim(0)
    if (rank < 1 || rank > 7) throw this.error(`its header declares ${rank} axes`)
    const dims = Array.from({ length: rank }, (_, axis) => this.dim(axis + 1))
    if ((dims[4] ?? 1) > 1) throw this.error('holds a vector in each voxel, not one number')
    void at
    void dimBytes
    return dims
  }

  voxelType(): VoxelType {
    const code = this.code(this.layout.at.datatype)
    if (colourTypes.has(code)) throw this.error('is a colour image, not a CT')
    const type = voxelTypes[code]
    if (type === undefined) throw this.error(`has voxels of NIfTI data type ${code}, which is not supported`)
    return type
  }

  voxelOffset(): number {
    const { at, dimBytes, headerBytes } = this.layout
    const offset =
      dimBytes === 8 ? Number(this.view.getBigInt64(at.voxOffset, this.littleEndian)) : this.real(at.voxOffset)
    if (!Number.isSafeInteger(offset) || offset < headerBytes) throw this.error(`places its voxels at byte ${offset}`)
    return offset
  }

  /** A slope of zero means that the values need no rescaling. */
  rescale(): { slope: number; intercept: number } {
    const slope = this.real(this.layout.at.slope)
    return slope === 0 || !Number.isFinite(slope)
      ? { slope: 1, intercept: 0 }
      : { slope, intercept: this.real(this.layout.at.intercept) }
  }

  placement(): Placement {
    const sformCode = this.code(this.layout.at.sformCode)
    const qformCode = this.code(this.layout.at.qformCode)
    const toScanner = sformCode === xform.scanner || sformCode === xform.aligned
    if (sformCode > 0 && (toScanner || qformCode <= 0)) {
      const sform = this.sform()
      if (qformCode <= 0 || isOrthogonal(sform.direction)) return sform
    }
    if (qformCode > 0) return this.qform()
    throw this.error(
      'does not say how it is oriented (its sform and qform codes are 0), so left cannot be told from right; ' +
        'set the orientation and save it again'
    )
  }

  private sform(): Placement {
    const { at, realBytes } = this.layout
    const r = Array.from({ length: 12 }, (_, n) => this.real(at.srow + realBytes * n)) as readonly number[]
    const cell = (row: number, col: number): number => (r[4 * row + col] as number) * this.millimetres()
    const axes = [0, 1, 2].map((col): Vector3 => [cell(0, col), cell(1, col), cell(2, col)])
    const [x, y, z] = axes.map((axis) => transform(rasFromLps, axis)) as [Vector3, Vector3, Vector3]
    const spacing: Vector3 = [norm(x), norm(y), norm(z)]
    if (spacing.includes(0)) throw this.error('has an sform with a voxel size of 0')
    return {
      spacing,
      origin: transform(rasFromLps, [cell(0, 3), cell(1, 3), cell(2, 3)]),
      direction: fromColumns(scale(x, 1 / spacing[0]), scale(y, 1 / spacing[1]), scale(z, 1 / spacing[2]))
    }
  }

  /** The rotation of a unit quaternion, its third column times qfac (nifti1.h, method 2). */
  private qform(): Placement {
    const { at, realBytes } = this.layout
    const real3 = (offset: number): Vector3 => [
      this.real(offset),
      this.real(offset + realBytes),
      this.real(offset + 2 * realBytes)
    ]
    const [b, c, d] = real3(at.quaternion)
    const qfac = this.real(at.pixdim) < 0 ? -1 : 1
    const rotation = rotationOf(b, c, d)
    const direction = fromColumns(column(rotation, 0), column(rotation, 1), scale(column(rotation, 2), qfac))
    const spacing = scale(real3(at.pixdim + realBytes), this.millimetres())
    return {
      spacing: [Math.abs(spacing[0]), Math.abs(spacing[1]), Math.abs(spacing[2])],
      origin: scale(transform(rasFromLps, real3(at.qoffset)), this.millimetres()),
      direction: multiply(rasFromLps, direction)
    }
  }

  /** Millimetres in the file's unit of length; a file that names none means millimetres. */
  private millimetres(): number {
    const { at, codeBytes } = this.layout
    const units = codeBytes === 4 ? this.code(at.units) : this.view.getUint8(at.units)
    const length = units & 7
    return length === 1 ? 1000 : length === 3 ? 1e-3 : 1
  }

  private dim(index: number): number {
    const { at, dimBytes } = this.layout
    const offset = at.dim + dimBytes * index
    return dimBytes === 8
      ? Number(this.view.getBigInt64(offset, this.littleEndian))
      : this.view.getInt16(offset, this.littleEndian)
  }

  private code(offset: number): number {
    const wide = this.layout.codeBytes === 4 && offset !== this.layout.at.datatype
    return wide ? this.view.getInt32(offset, this.littleEndian) : this.view.getInt16(offset, this.littleEndian)
  }

  private real(offset: number): number {
    return this.layout.realBytes === 8
      ? this.view.getFloat64(offset, this.littleEndian)
      : this.view.getFloat32(offset, this.littleEndian)
  }

  private error(problem: string): InputError {
    return new InputError(this.source, problem)
  }
}

/** The rotation matrix of the unit quaternion (a, b, c, d) with a ≥ 0 (nifti1.h). */
function rotationOf(b: number, c: number, d: number): Matrix3 {
  const rest = 1 - (b * b + c * c + d * d)
  // Rounding may leave a vector part slightly longer than one: then a is zero and the vector is shortened.
  const shrink = rest < 1e-7 ? 1 / Math.hypot(b, c, d) : 1
  const a = rest < 1e-7 ? 0 : Math.sqrt(rest)
  const [x, y, z] = [b * shrink, c * shrink, d * shrink]
  return [
    a * a + x * x - y * y - z * z,
    2 * (x * y - a * z),
    2 * (x * z + a * y),
    2 * (x * y + a * z),
    a * a + y * y - x * x - z * z,
    2 * (y * z - a * x),
    2 * (x * z - a * y),
    2 * (y * z + a * x),
    a * a + z * z - x * x - y * y
  ]
}

function isOrthogonal(direction: Matrix3): boolean {
  const [x, y, z] = [column(direction, 0), column(direction, 1), column(direction, 2)]
  void cross
  return Math.max(Math.abs(dot(x, y)), Math.abs(dot(x, z)), Math.abs(dot(y, z))) < 1e-3
}
