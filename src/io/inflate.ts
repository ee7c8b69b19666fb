import { InputError } from '../core/errors.ts'
import { hasContent, tooLong } from './file-length.ts'
import { inflateLeniently } from './gzip-members.ts'
import { allocating } from './voxels.ts'

/** Deflate shrinks data 1032-fold at most, so a longer claim is false before anything is allocated. */
const highestRatio = 1032

/** Bytes a compressed file may hold beyond what its header declares. */
const spareBytes = 2 ** 20

const pieceBytes = 2 ** 16

/** Whether bytes start as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/**
 * The first `length` bytes of compressed data, read to its end so that its checksum is checked.
 * @param format `gzip`, or `deflate` for data with a zlib header
 * @param more how many bytes too many are refused, unless they are zeros
 * @throws InputError if the data is damaged, shorter than `length` or much longer
 */
export async function inflate(
  source: string,
  compressed: Uint8Array,
  format: CompressionFormat,
  length: number,
  more = spareBytes
): Promise<Uint8Array> {
  if (length > highestRatio * compressed.length) throw tooShort(source, length)
  const result = allocating(source, length / 1e6, () => new Uint8Array(length))
  let filled = 0
  let isMore = false
  for await (const chunk of inflateChunks(source, compressed, format)) {
    if (filled < length) result.set(chunk.subarray(0, length - filled), filled)
    isMore ||= hasContent(chunk.subarray(Math.max(0, length - filled)))
    filled += chunk.length
    if (filled > length + spareBytes) throw new InputError(source, 'holds far more data than its header declares')
  }
  if (filled < length) throw tooShort(source, length)
  if (isMore && filled - length >= more) throw tooLong(source, length, filled)
  return result
}

/** The first `length` bytes of compressed data, or all of them if they are fewer; the rest is not read. */
export async function inflateStart(
  source: string,
  compressed: Uint8Array,
  format: CompressionFormat,
  length: number
): Promise<Uint8Array> {
  let result = new Uint8Array(Math.min(length, 4 * compressed.length + pieceBytes))
  let filled = 0
  for await (const chunk of inflateChunks(source, compressed, format)) {
    const end = Math.min(length, filled + chunk.length)
    if (end > result.length) result = enlarged(result, Math.min(length, Math.max(end, 2 * result.length)))
    result.set(chunk.subarray(0, end - filled), filled)
    filled = end
    if (filled === length) break
  }
  return result.subarray(0, filled)
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length)
  larger.set(bytes)
  return larger
}

/** Uses the platform's stream, which is fast; data that it refuses is inflated again from the start in a way that shows why. */
async function* inflateChunks(
  source: string,
  compressed: Uint8Array,
  format: CompressionFormat
): AsyncGenerator<Uint8Array> {
  let yielded = 0
  const reader = inPieces(compressed).pipeThrough(new DecompressionStream(format)).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yielded += value.length
      yield value
    }
  } catch {
    yield* afterFirst(yielded, source, compressed, format)
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** What is inflated leniently, but for the bytes that were handed out already. */
function* afterFirst(
  bytes: number,
  source: string,
  compressed: Uint8Array,
  format: CompressionFormat
): Generator<Uint8Array> {
  let skip = bytes
  try {
    for (const chunk of inflateLeniently(compressed, format)) {
      if (skip < chunk.length) yield chunk.subarray(skip)
      skip = Math.max(0, skip - chunk.length)
    }
  } catch (error) {
    throw new InputError(source, 'its compressed data is damaged or truncated', { cause: error })
  }
}

/** Small pieces, so that no more than the piece at hand is held twice. */
function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + pieceBytes) as Uint8Array<ArrayBuffer>)
      at += pieceBytes
    }
  })
}

function tooShort(source: string, length: number): InputError {
  return new InputError(
    source,
    `is truncated: its header declares ${length.toLocaleString('en')} bytes, but its compressed data holds fewer`
  )
}
