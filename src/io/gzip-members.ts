import { Gunzip, Inflate } from 'fflate'
import { Adler32, Crc32 } from './checksum.ts'

const pieceBytes = 2 ** 16

/**
 * Inflates what a `DecompressionStream` refuses by the web standard: several gzip members one after another, as bgzip
 * and parallel compressors write them (RFC 1952, 2.2), and zeros after the end, as tapes and block devices leave them.
 * Slower than the stream, so that it is for what the stream refused.
 * @throws Error if the data is damaged or truncated: every member's checksum and length are compared
 */
export function* inflateLeniently(compressed: Uint8Array, format: CompressionFormat): Generator<Uint8Array> {
  if (format === 'gzip') yield* gunzipMembers(compressed)
  else yield* inflateOne(compressed, format)
}

function* gunzipMembers(compressed: Uint8Array): Generator<Uint8Array> {
  const end = lengthWithoutZeros(compressed)
  const ready: Uint8Array[] = []
  let crc = new Crc32()
  const gunzip = new Gunzip((chunk) => {
    crc.add(chunk)
    ready.push(chunk)
  })
  gunzip.onmember = (start) => {
    if (!holds(compressed, start - 8, gzipTrailer(crc))) throw new Error('a gzip member has another checksum')
    crc = new Crc32()
  }
  let failure: unknown
  // A member's last eight bytes may be zeros themselves; what follows them is not fed.
  const until = Math.min(compressed.length, end + 8)
  for (let at = 0; at < until && failure === undefined; at += pieceBytes) {
    try {
      gunzip.push(compressed.subarray(at, Math.min(until, at + pieceBytes)))
    } catch (error) {
      failure = error
    }
    yield* ready.splice(0)
  }
  // Zeros behind the last member were taken for another one: whether that member is whole follows from its checksum.
  if (!endsWith(compressed, end, gzipTrailer(crc))) throw new Error('the gzip data is cut short', { cause: failure })
}

/** A zlib (`deflate`) or raw stream with anything behind its end. */
function* inflateOne(compressed: Uint8Array, format: CompressionFormat): Generator<Uint8Array> {
  const raw = format === 'deflate-raw'
  const adler = new Adler32()
  const ready: Uint8Array[] = []
  const inflater = new Inflate((chunk) => {
    adler.add(chunk)
    ready.push(chunk)
  })
  for (let at = raw ? 0 : 2; at < compressed.length; at += pieceBytes) {
    inflater.push(compressed.subarray(at, at + pieceBytes), at + pieceBytes >= compressed.length)
    yield* ready.splice(0)
  }
  if (raw) return
  const trailer = new Uint8Array(4)
  new DataView(trailer.buffer).setUint32(0, adler.value)
  if (!endsWith(compressed, lengthWithoutZeros(compressed), trailer)) throw new Error('another checksum')
}

/** A member's checksum and length modulo 2³², both little-endian. */
function gzipTrailer(crc: Crc32): Uint8Array {
  const trailer = new Uint8Array(8)
  const view = new DataView(trailer.buffer)
  view.setUint32(0, crc.value, true)
  view.setUint32(4, crc.length % 2 ** 32, true)
  return trailer
}

/** Whether a trailer, whose own last bytes may be zeros, stands where the data that is not zero ends. */
function endsWith(bytes: Uint8Array, end: number, trailer: Uint8Array): boolean {
  const own = lengthWithoutZeros(trailer)
  return own === 0 ? bytes.length >= end + trailer.length : holds(bytes, end - own, trailer)
}

function holds(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  return at >= 0 && at + wanted.length <= bytes.length && wanted.every((byte, n) => bytes[at + n] === byte)
}

function lengthWithoutZeros(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  return end
}
