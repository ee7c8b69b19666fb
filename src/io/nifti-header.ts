import type { VoxelArray } from '../core/volume.ts'

/** NIfTI-1 and -2 hold the same fields at other places and in other widths (nifti1.h, nifti2.h). */
export interface NiftiLayout {
  readonly headerBytes: number
  /** Bytes of a dimension, of a code and of a real number. */
  readonly dimBytes: 2 | 8
  readonly codeBytes: 2 | 4
  readonly realBytes: 4 | 8
  /** Where each field starts. */
  readonly at: {
    readonly dim: number
    readonly datatype: number
    readonly bitpix: number
    readonly pixdim: number
    readonly voxOffset: number
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
}

export const nifti1: NiftiLayout = {
  headerBytes: 348,
  dimBytes: 2,
  codeBytes: 2,
  realBytes: 4,
  at: {
    dim: 40,
    datatype: 70,
    bitpix: 72,
    pixdim: 76,
    voxOffset: 108,
    slope: 112,
    intercept: 116,
    units: 123,
    qformCode: 252,
    sformCode: 254,
    quaternion: 256,
    qoffset: 268,
    srow: 280,
    magic: 344
  }
}

export const nifti2: NiftiLayout = {
  headerBytes: 540,
  dimBytes: 8,
  codeBytes: 4,
  realBytes: 8,
  at: {
    dim: 16,
    datatype: 12,
    bitpix: 14,
    pixdim: 104,
    voxOffset: 168,
    slope: 176,
    intercept: 184,
    units: 500,
    qformCode: 344,
    sformCode: 348,
    quaternion: 352,
    qoffset: 376,
    srow: 400,
    magic: 4
  }
}

/** What an sform or qform leads to. */
export const xform = { unknown: 0, scanner: 1, aligned: 2, talairach: 3, template: 4 } as const

/** The units byte of a file in millimetres. */
export const unitsMillimetre = 2

/** NIfTI's datatype code of an array of voxels. */
export function niftiDatatype(data: VoxelArray): number {
  if (data instanceof Uint8Array) return 2
  if (data instanceof Int16Array) return 4
  if (data instanceof Int32Array) return 8
  if (data instanceof Float32Array) return 16
  if (data instanceof Float64Array) return 64
  if (data instanceof Int8Array) return 256
  if (data instanceof Uint16Array) return 512
  return 768
}
