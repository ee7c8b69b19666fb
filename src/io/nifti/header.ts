import { InputError } from '../../core/errors.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { LengthUnit } from '../units.ts'
import { bytesPerVoxel, type StoredType } from '../voxels.ts'

/** Bytes of the longest header, NIfTI-2's. */
export const niftiHeaderBytes = 540

/** Bytes behind the header of a file that holds its voxels too, which say whether there are extensions. */
const extensionBytes = 4

/** The fields of a NIfTI-1 or -2 header that say how to read its voxels and where they lie. */
export interface NiftiHeader {
  readonly littleEndian: boolean
  /** Voxels along each axis, as many as the file has axes. */
  readonly dims: readonly number[]
  readonly voxelType: StoredType
  /** The voxels lie in a file of their own (`.img`). */
  readonly detached: boolean
  readonly voxelOffset: number
  readonly slope: number
  readonly intercept: number
  /** The file's unit of length. */
  readonly unit: LengthUnit
  /** 1, or −1 where the qform's third axis is reversed; NaN where the header does not say. */
  readonly qfac: number
  readonly pixdim: Vector3
  readonly qformCode: number
  readonly sformCode: number
  /** Parts b, c, d of what should be a unit quaternion. */
  readonly quaternion: Vector3
  readonly qoffset: Vector3
  /** Three rows of four numbers: index → RAS. */
  readonly srow: readonly number[]
}

/** What an sform or qform leads to. */
export const xform = { unknown: 0, scanner: 1, aligned: 2, talairach: 3, template: 4 } as const

/** NIfTI's code of each voxel type. */
export const niftiDatatype: Readonly<Record<StoredType, number>> = {
  uint8: 2,
  int16: 4,
  int32: 8,
  float32: 16,
  float64: 64,
  int8: 256,
  uint16: 512,
  uint32: 768,
  int64: 1024,
  uint64: 1280
}

/** RGB24 and RGBA32. */
const colourTypes: readonly number[] = [128, 2304]

/** NIfTI-1 and -2 hold the same fields at other places and in other widths. */
interface Layout {
  readonly dim: number
  readonly datatype: number
  readonly bitpix: number
  readonly pixdim: number
  readonly voxelOffset: number
  readonly slope: number
  readonly intercept: number
  readonly units: number
  readonly qformCode: number
  readonly sformCode: number
  readonly quaternion: number
  readonly qoffset: number
  readonly srow: number
  readonly magic: number
}

/** Where NIfTI-1's fields start (nifti1.h). */
export const nifti1 = {
  headerBytes: 348,
  dim: 40,
  datatype: 70,
  bitpix: 72,
  pixdim: 76,
  voxelOffset: 108,
  slope: 112,
  intercept: 116,
  units: 123,
  description: 148,
  qformCode: 252,
  sformCode: 254,
  quaternion: 256,
  qoffset: 268,
  srow: 280,
  magic: 344
} as const satisfies Layout & Record<string, number>

/** Where NIfTI-2's fields start (nifti2.h). */
const nifti2 = {
  headerBytes: 540,
  dim: 16,
  datatype: 12,
  bitpix: 14,
  pixdim: 104,
  voxelOffset: 168,
  slope: 176,
  intercept: 184,
  units: 500,
  qformCode: 344,
  sformCode: 348,
  quaternion: 352,
  qoffset: 376,
  srow: 400,
  magic: 4
} as const satisfies Layout & Record<string, number>

/**
 * @param bytes the file, or at least its first 540 bytes
 * @throws InputError if it is not the header of a NIfTI with one number in each voxel
 */
export function parseNiftiHeader(bytes: Uint8Array, source: string): NiftiHeader {
  const fail = (problem: string): never => {
    throw new InputError(source, problem)
  }
  if (bytes.length < nifti1.headerBytes) fail('is not a NIfTI file, or is truncated: it is shorter than a header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = [nifti1, nifti2].find(({ headerBytes }) =>
    [true, false].some((little) => view.getInt32(0, little) === headerBytes)
  )
  if (version === undefined) return fail('is not a NIfTI file: it does not start with a NIfTI header')
  const littleEndian = view.getInt32(0, true) === version.headerBytes
  if (bytes.length < version.headerBytes) fail('is truncated: it is shorter than its header')
  const wide = version === nifti2
  const magic = String.fromCharCode(...bytes.subarray(version.magic, version.magic + 3))
  const detached = magic === 'ni1' || magic === 'ni2'
  if (!detached && magic !== 'n+1' && magic !== 'n+2') {
    fail('is an Analyze file, in which left cannot be told from right; save it as NIfTI')
  }

  const short = (at: number): number => view.getInt16(at, littleEndian)
  const code = (at: number): number => (wide ? view.getInt32(at, littleEndian) : short(at))
  const real = (at: number, n = 0): number =>
    wide ? view.getFloat64(at + 8 * n, littleEndian) : view.getFloat32(at + 4 * n, littleEndian)
  const real3 = (at: number, first = 0): Vector3 => [real(at, first), real(at, first + 1), real(at, first + 2)]
  const long = (at: number): number => Number(view.getBigInt64(at, littleEndian))
  const dim = (n: number): number => (wide ? long(version.dim + 8 * n) : short(version.dim + 2 * n))

  const rank = dim(0)
  if (!(rank >= 1 && rank <= 7)) fail(`its header is damaged: it declares ${rank} axes; export it again`)
  const dims = Array.from({ length: rank }, (_, axis) => dim(axis + 1))
  if ((dims[4] ?? 1) > 1) fail('holds a vector in each voxel, not one number')
  const voxelOffset = wide ? long(version.voxelOffset) : real(version.voxelOffset)
  const earliest = detached ? 0 : version.headerBytes + extensionBytes
  if (!Number.isSafeInteger(voxelOffset) || voxelOffset < earliest) {
    fail(`its header places the voxels at byte ${voxelOffset}, where they start at ${earliest} or later; save it again`)
  }
  const slope = real(version.slope)
  // 0 says that there is none, and NaN is what some programs write for it.
  const rescaled = !Number.isNaN(slope) && slope !== 0
  const voxelType = voxelTypeOf(short(version.datatype), fail)
  const [bits, stated] = [8 * bytesPerVoxel(voxelType), short(version.bitpix)]
  // Some programs leave it 0.
  if (stated !== 0 && stated !== bits) {
    fail(`its header contradicts itself: voxels of type ${voxelType}, but of ${stated} bits (bitpix); export it again`)
  }
  return {
    littleEndian,
    detached,
    dims,
    voxelType,
    voxelOffset,
    slope: rescaled ? slope : 1,
    intercept: rescaled ? real(version.intercept) : 0,
    unit: unitOf(wide ? code(version.units) : view.getUint8(version.units)),
    qfac: Number.isNaN(real(version.pixdim)) ? Number.NaN : real(version.pixdim) < 0 ? -1 : 1,
    pixdim: real3(version.pixdim, 1),
    qformCode: code(version.qformCode),
    sformCode: code(version.sformCode),
    quaternion: real3(version.quaternion),
    qoffset: real3(version.qoffset),
    srow: Array.from({ length: 12 }, (_, n) => real(version.srow, n))
  }
}

function voxelTypeOf(code: number, fail: (problem: string) => never): StoredType {
  if (colourTypes.includes(code)) fail('is a colour image, not a CT')
  const found = Object.entries(niftiDatatype).find(([, known]) => known === code)
  if (found !== undefined) return found[0] as StoredType
  const name = { 1: 'one bit', 32: 'complex64', 1536: 'float128', 1792: 'complex128', 2048: 'complex256' }[code]
  return fail(`has voxels of type ${name ?? `NIfTI ${code}`}, which cannot be read; save it as int16 or float32`)
}

/** The lowest three bits name the unit of length: 1 metre, 2 millimetre, 3 micrometre; 0 is taken for millimetres. */
function unitOf(units: number): LengthUnit {
  const length = units & 7
  if (length === 1) return { name: 'metres', millimetres: 1000 }
  return length === 3 ? { name: 'microns', millimetres: 1e-3 } : { name: 'millimetres', millimetres: 1 }
}
