import { InputError, ResourceError } from '../core/errors.ts'
import type { VoxelArray } from '../core/volume.ts'

/** How a voxel is stored in a file. */
export type VoxelType = keyof typeof constructors

/** 64-bit integers are read too; they become the type that their values fit. */
export type StoredType = VoxelType | 'int64' | 'uint64'

const constructors = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array
} as const

export function bytesPerVoxel(type: StoredType): number {
  return type === 'int64' || type === 'uint64' ? 8 : constructors[type].BYTES_PER_ELEMENT
}

export function isVoxelArray(data: unknown): data is VoxelArray {
  return Object.values(constructors).some((Voxels) => data instanceof Voxels)
}

/** Whether a text names a voxel type. */
export function isVoxelType(text: string): text is VoxelType {
  return Object.hasOwn(constructors, text)
}

/** The voxel type of an array. */
export function voxelTypeOf(data: VoxelArray): VoxelType {
  const types = Object.keys(constructors) as VoxelType[]
  return types.find((type) => data instanceof constructors[type]) as VoxelType
}

/**
 * The voxels that start at `offset`, as {@link readVoxels}; 64-bit integers as 32-bit ones, or as float64 where they need
 * it.
 * @throws InputError if a value has more digits than a float64 holds
 */
export function readStored(
  source: string,
  bytes: Uint8Array,
  offset: number,
  count: number,
  type: StoredType,
  littleEndian: boolean
): VoxelArray {
  if (type !== 'int64' && type !== 'uint64') return readVoxels(bytes, offset, count, type, littleEndian)
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 8 * count)
  const [low, high] = littleEndian ? [0, 4] : [4, 0]
  const wide = allocating(source, count * 8e-6, () => new Float64Array(count))
  let fits = true
  for (let n = 0; n < count; n++) {
    const upper =
      type === 'int64' ? view.getInt32(8 * n + high, littleEndian) : view.getUint32(8 * n + high, littleEndian)
    const value = upper * 2 ** 32 + view.getUint32(8 * n + low, littleEndian)
    if (!Number.isSafeInteger(value)) {
      throw new InputError(source, `holds ${type} values of more digits than can be read; save it as int16 or float32`)
    }
    if (value !== (value | 0)) fits = false
    wide[n] = value
  }
  return fits ? new Int32Array(wide) : wide
}

/**
 * The voxels that start at `offset`. They share the memory of `bytes` where alignment allows; in a file whose byte
 * order is not this machine's (little-endian), the bytes are swapped in place.
 */
export function readVoxels(
  bytes: Uint8Array,
  offset: number,
  count: number,
  type: VoxelType,
  littleEndian: boolean
): VoxelArray {
  const Voxels = constructors[type]
  const width = Voxels.BYTES_PER_ELEMENT
  let part = bytes.subarray(offset, offset + width * count)
  if (part.byteOffset % width !== 0) part = part.slice()
  if (!littleEndian) swapBytes(part, width)
  return new Voxels(part.buffer as ArrayBuffer, part.byteOffset, count)
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let at = 0; width > 1 && at < bytes.length; at += width) {
    for (let [low, high] = [at, at + width - 1]; low < high; low++, high--) {
      const byte = bytes[low] as number
      bytes[low] = bytes[high] as number
      bytes[high] = byte
    }
  }
}

/**
 * Stored values as Hounsfield units: `slope · value + intercept`, as Int16Array where every value is whole and fits,
 * else as Float32Array. Int16 voxels that need no rescaling are returned as they are.
 * @throws InputError if a value is not a number or not finite.
 */
export function hounsfieldUnits(
  source: string,
  stored: VoxelArray,
  slope: number,
  intercept: number
): Int16Array | Float32Array {
  if (!Number.isFinite(slope) || !Number.isFinite(intercept)) {
    throw new InputError(
      source,
      `its rescale slope ${slope} and intercept ${intercept} are not finite numbers; export it again`
    )
  }
  const identity = slope === 1 && intercept === 0
  if (identity && stored instanceof Int16Array) return stored
  const { low, high } = finiteRange(source, stored)
  if (identity && stored instanceof Float32Array) return stored
  const ends = [slope * low + intercept, slope * high + intercept]
  const isFloat = stored instanceof Float32Array || stored instanceof Float64Array
  const whole = !isFloat && Number.isInteger(slope) && Number.isInteger(intercept)
  const narrow = whole && Math.min(...ends) >= -32768 && Math.max(...ends) <= 32767
  const result = narrow ? new Int16Array(stored.length) : new Float32Array(stored.length)
  for (let n = 0; n < stored.length; n++) result[n] = slope * (stored[n] as number) + intercept
  return result
}

/** Lowest and highest value. @throws InputError if a value is not a number or not finite. */
export function finiteRange(source: string, values: VoxelArray): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  if (!(values instanceof Float32Array || values instanceof Float64Array)) {
    for (let n = 0; n < values.length; n++) {
      const value = values[n] as number
      if (value < low) low = value
      if (value > high) high = value
    }
    return { low, high }
  }
  let finite = true
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number
    // NaN fails both comparisons of a range, so it is caught where an infinite value is.
    if (!(value >= -Number.MAX_VALUE && value <= Number.MAX_VALUE)) finite = false
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!finite) throw notFinite(source)
  return { low, high }
}

/** @throws InputError if a value is not a number or not finite */
export function assertFinite(source: string, values: Float32Array): void {
  for (let n = 0; n < values.length; n++) if (!Number.isFinite(values[n])) throw notFinite(source)
}

function notFinite(source: string): InputError {
  return new InputError(
    source,
    'holds voxels that are not finite numbers (NaN or infinity); give them values (air has −1000 HU) and save it again'
  )
}

/** Runs a step that allocates memory for voxels. @throws ResourceError when there is not enough. */
export function allocating<T>(source: string, megabytes: number, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ResourceError(`reading ${source}: not enough memory for ${megabytes.toFixed(0)} MB of voxels`, {
      cause: error
    })
  }
}
