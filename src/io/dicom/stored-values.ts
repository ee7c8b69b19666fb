import type { VoxelArray } from '../../core/volume.ts'
import { readVoxels, type VoxelType } from '../voxels.ts'
import type { CtSlice, PixelFormat } from './slice.ts'
import { explicitBigEndian } from './transfer-syntax.ts'

/**
 * The stored values of a frame that is not compressed: bits that are not stored, such as overlays, are cleared.
 * @returns undefined where values exceed the bits that the header declares as stored, so that clearing bits would change them
 */
export function plainValues(frame: Uint8Array, slice: Pick<CtSlice, 'pixels' | 'padding'>): VoxelArray | undefined {
  return storedValues(wholeValues(frame, slice.pixels), slice)
}

/**
 * The stored values among all the bits that a frame has; clears the others in place.
 * @returns undefined as {@link plainValues}
 */
export function storedValues(values: VoxelArray, slice: Pick<CtSlice, 'pixels' | 'padding'>): VoxelArray | undefined {
  const { signed, bitsStored, bitsAllocated, highBit } = slice.pixels
  if (bitsStored === bitsAllocated) return values
  if (outgrowsBits(values, slice)) return undefined
  const drop = highBit + 1 - bitsStored
  const lift = 32 - bitsStored
  for (let n = 0; n < values.length; n++) {
    const lifted = ((values[n] as number) >> drop) << lift
    values[n] = signed ? lifted >> lift : lifted >>> lift
  }
  return values
}

/**
 * Whether values exceed the stored bits. Other bits are acceptable if they are the same in all pixels, repeat the sign, or hold an
 * overlay that the header declares.
 */
function outgrowsBits(values: VoxelArray, { pixels, padding }: Pick<CtSlice, 'pixels' | 'padding'>): boolean {
  const { bitsAllocated, bitsStored, highBit, signed, overlay } = pixels
  if (overlay) return false
  const drop = highBit + 1 - bitsStored
  const isStored = (n: number): boolean => n >= drop && n <= highBit
  const mask = Array.from({ length: bitsAllocated }, (_, n) => (isStored(n) ? 0 : 2 ** n)).reduce((a, b) => a + b) | 0
  const low = mask & (2 ** drop - 1)
  const high = mask & ~low
  const isPadding = (value: number): boolean => padding !== undefined && value >= padding[0] && value <= padding[1]
  const first = values.find((value: number) => !isPadding(value)) ?? 0
  let [isConstant, isSigned, isLowEmpty] = [true, signed, true]
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number
    if (isPadding(value)) continue
    if (((value ^ first) & mask) !== 0) isConstant = false
    if ((value & low) !== 0) isLowEmpty = false
    const sign = (value >> highBit) & 1
    if ((value & high) !== (sign === 1 ? high : 0)) isSigned = false
  }
  return !(isConstant || (isSigned && isLowEmpty))
}

/**
 * The format in which a compressed frame is decoded: where its own values have more bits than the header says are stored, a decoder
 * that believed the header would wrap them. Then {@link storedValues} takes the stored bits from the decoded ones.
 * @param bits of a value, by the code stream
 */
export function formatOfStream(bits: number, format: PixelFormat): PixelFormat {
  return bits > format.bitsStored ? { ...format, bitsStored: bits, highBit: bits - 1 } : format
}

/** Values of a decoder that took signed ones for unsigned, signed again. */
export function asDeclared(values: VoxelArray, { signed, bitsStored }: PixelFormat): VoxelArray {
  const unsigned = values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Uint32Array
  if (!signed || !unsigned) return values
  const lift = 32 - bitsStored
  return new Int32Array(values).map((value) => (value << lift) >> lift)
}

/** All bits that are allocated, as numbers of their own. */
function wholeValues(frame: Uint8Array, { columns, rows, bitsAllocated, signed, transferSyntax }: PixelFormat) {
  const type: VoxelType = signed ? (signedTypes[bitsAllocated] ?? 'int16') : (unsignedTypes[bitsAllocated] ?? 'uint16')
  return readVoxels(frame.slice(), 0, columns * rows, type, transferSyntax !== explicitBigEndian)
}

const signedTypes: Readonly<Record<number, VoxelType>> = { 8: 'int8', 16: 'int16', 32: 'int32' }
const unsignedTypes: Readonly<Record<number, VoxelType>> = { 8: 'uint8', 16: 'uint16', 32: 'uint32' }
