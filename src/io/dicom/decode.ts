import { InputError } from '../../core/errors.ts'
import type { VoxelArray } from '../../core/volume.ts'
import { readAhead } from '../read-ahead.ts'
import { allocating, hounsfieldUnits, isVoxelArray } from '../voxels.ts'
import { checkLength, checkStream, outgrown, undecodable, unpackedRle } from './check-frame.ts'
import { codeStreamSize } from './code-stream.ts'
import { clearPadding, paddingNotes } from './padding.ts'
import { parseDicom } from './parse.ts'
import { framePixels } from './pixel-data.ts'
import type { CtSlice, PixelFormat } from './slice.ts'
import { asDeclared, formatOfStream, plainValues, storedValues } from './stored-values.ts'
import { type PixelCoding, transferSyntax } from './transfer-syntax.ts'

/**
 * Decodes compressed frames that are alike to their stored values, one frame after the other in the order given.
 * @returns a typed array; anything else is taken for a failure, as is what it throws
 */
export type FrameDecoder = (frames: readonly Uint8Array[], format: PixelFormat) => Promise<unknown>

/** The decoder of each coding that needs one; each is loaded when it is first used. */
export type FrameDecoders = Readonly<Record<Exclude<PixelCoding, 'plain' | 'rle'>, FrameDecoder>>

/** Frames that are decoded at once: enough to be fast, few enough to need little memory beyond the scan. */
const framesAtOnce = 48
const bytesAtOnce = 2 ** 26

/** A frame on its way: where it comes from, its stored bytes, the format they are decoded in, and its place in the stack. */
interface Pending {
  readonly slice: CtSlice
  readonly bytes: Uint8Array
  readonly format: PixelFormat
  readonly place: number
}

/** Hounsfield units, and what a reader of the result should know of them. */
export interface DecodedSlices {
  readonly data: Int16Array | Float32Array
  readonly notes: readonly string[]
}

/**
 * The Hounsfield units of slices one after the other, all of one size: Int16Array unless a value does not fit. Files
 * are read one after the other, the next one while one is decoded. Rescaling is done here, not by the decoder, so that slices
 * with different rescaling can be decoded together.
 * @param read the bytes of a file
 * @throws InputError that names the file whose pixels cannot be decoded
 */
export async function decodeSlices(
  source: string,
  slices: readonly CtSlice[],
  read: (file: string) => Promise<Uint8Array>,
  decoders: FrameDecoders
): Promise<DecodedSlices> {
  const perSlice = (slices[0]?.columns ?? 0) * (slices[0]?.rows ?? 0)
  const voxels = perSlice * slices.length
  let result: Int16Array | Float32Array = allocating(source, voxels * 2e-6, () => new Int16Array(voxels))
  let cleared = 0
  const store = (values: VoxelArray, { slice, place }: Pending): void => {
    const { slope = 1, intercept = 0 } = slice.rescale
    cleared += clearPadding(slice, values)
    const units = hounsfieldUnits(source, values, slope, intercept)
    if (units instanceof Float32Array && result instanceof Int16Array) {
      const narrow: Int16Array = result
      result = allocating(source, voxels * 4e-6, () => new Float32Array(narrow))
    }
    result.set(units, place * perSlice)
  }
  let batch: Pending[] = []
  const flush = async (): Promise<void> => {
    const now = batch
    batch = []
    if (now.length > 0) await decodeBatch(source, now, decoders, store)
  }
  for await (const [[file, places], bytes] of readAhead(placesByFile(slices), ([name]) => read(name))) {
    for (const pending of await framesOfFile(source, file, places, slices, bytes)) {
      const [first] = batch
      if (first !== undefined && !together(first, pending, batch.length)) await flush()
      batch.push(pending)
    }
  }
  await flush()
  return { data: result, notes: paddingNotes(cleared, voxels) }
}

function placesByFile(slices: readonly CtSlice[]): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [place, { file }] of slices.entries()) {
    const known = places.get(file)
    if (known === undefined) places.set(file, [place])
    else known.push(place)
  }
  return places
}

async function framesOfFile(
  source: string,
  file: string,
  places: readonly number[],
  slices: readonly CtSlice[],
  whole: Uint8Array
): Promise<readonly Pending[]> {
  const { data } = await parseDicom(whole)
  const { pixels } = slices[places[0] as number] as CtSlice
  const count = Math.max(1, Math.trunc(Number(data.string('x00280008') ?? 1)) || 1)
  const frames = framePixels(data, pixels, count)
  if (frames === undefined) throw new InputError(source, `the frames of ${file} cannot be told apart: no offset table`)
  return places.map((place) => {
    const slice = slices[place] as CtSlice
    const bytes = frames[slice.frame] ?? new Uint8Array(0)
    return { slice, place, bytes, format: decodedFormat(slice.pixels, bytes) }
  })
}

/** That of the header, or of the compressed frame where its values have more bits. */
function decodedFormat(pixels: PixelFormat, bytes: Uint8Array): PixelFormat {
  const { coding } = transferSyntax(pixels.transferSyntax)
  return coding === 'plain' || coding === 'rle' ? pixels : formatOfStream(codeStreamSize(bytes)?.bits ?? 0, pixels)
}

function together(a: Pending, b: Pending, already: number): boolean {
  const { pixels } = a.slice
  const { coding } = transferSyntax(pixels.transferSyntax)
  // No decoder is called for these: each is stored at once, so that its file need not stay in memory.
  if (coding === 'plain' || coding === 'rle') return false
  const most = Math.min(framesAtOnce, bytesAtOnce / (pixels.columns * pixels.rows * 4))
  const both = ({ slice, format }: Pending): string => JSON.stringify([slice.pixels, format])
  return already + 1 <= most && both(a) === both(b)
}

/** Decodes frames of one format. What fails is halved until the file is found that cannot be decoded. */
async function decodeBatch(
  source: string,
  batch: readonly Pending[],
  decoders: FrameDecoders,
  store: (values: VoxelArray, pending: Pending) => void
): Promise<void> {
  const { format, slice: model } = batch[0] as Pending
  const { pixels } = model
  const { name, coding } = transferSyntax(pixels.transferSyntax)
  const perSlice = pixels.columns * pixels.rows
  if (coding === undefined) {
    throw new InputError(
      source,
      `its pixels are compressed as ${name}, which cannot be read; convert it first, for example with gdcmconv --raw`
    )
  }
  if (coding === 'plain' || coding === 'rle') {
    for (const pending of batch) {
      const { slice } = pending
      const bytes = coding === 'rle' ? unpackedRle(source, slice, pending.bytes) : pending.bytes
      checkLength(source, slice, bytes)
      const values = plainValues(bytes, slice)
      if (values === undefined) throw outgrown(source, slice)
      store(values, pending)
    }
    return
  }
  for (const { slice, bytes } of batch) checkStream(source, slice, bytes)
  try {
    const values = await decoders[coding](
      batch.map(({ bytes }) => bytes),
      format
    )
    if (!isVoxelArray(values) || values.length !== perSlice * batch.length) throw new Error(`not ${perSlice} values`)
    for (const [n, pending] of batch.entries()) {
      const decoded = asDeclared(values.subarray(n * perSlice, (n + 1) * perSlice), format)
      const stored = pending.format === pending.slice.pixels ? decoded : storedValues(decoded, pending.slice)
      if (stored === undefined) throw outgrown(source, pending.slice)
      store(stored, pending)
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    const [only, ...more] = batch
    if (only !== undefined && more.length === 0) throw undecodable(source, only.slice, name, error)
    const half = batch.length >> 1
    await decodeBatch(source, batch.slice(0, half), decoders, store)
    await decodeBatch(source, batch.slice(half), decoders, store)
  }
}
