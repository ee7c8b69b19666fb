import type { VoxelArray } from '../../core/volume.ts'
import { readVoxels, type VoxelType } from '../voxels.ts'
import type { PixelFormat } from './slice.ts'
import { explicitBigEndian } from './transfer-syntax.ts'

/** The stored values of a frame that is not compressed: bits that are not stored, such as overlays, are cleared. */
export function plainValues(frame: Uint8Array, format: PixelFormat): VoxelArray {
  const { columns, rows, bitsAllocated, signed, transferSyntax } = format
  const type: VoxelType = signed ? (signedTypes[bitsAllocated] ?? 'int16') : (unsignedTypes[bitsAllocated] ?? 'uint16')
  const values = readVoxels(frame.slice(), 0, columns * rows, type, transferSyntax !== explicitBigEndian)
  const drop = format.highBit + 1 - format.bitsStored
  if (format.bitsStored === bitsAllocated) return values
  const lift = 32 - format.bitsStored
  for (let n = 0; n < values.length; n++) {
    const lifted = ((values[n] as number) >> drop) << lift
    values[n] = signed ? lifted >> lift : lifted >>> lift
  }
  return values
}

/** Values of a decoder that took signed ones for unsigned, signed again. */
export function asDeclared(values: VoxelArray, { signed, bitsStored }: PixelFormat): VoxelArray {
  const unsigned = values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Uint32Array
  if (!signed || !unsigned) return values
  const lift = 32 - bitsStored
  return Int32Array.from(values, (value) => (value << lift) >> lift)
}

const signedTypes: Readonly<Record<number, VoxelType>> = { 8: 'int8', 16: 'int16', 32: 'int32' }
const unsignedTypes: Readonly<Record<number, VoxelType>> = { 8: 'uint8', 16: 'uint16', 32: 'uint32' }
