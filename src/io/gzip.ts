import { Gzip } from 'fflate'
import { joinBytes } from './join-bytes.ts'

/** A file of bytes that stand as they are and of parts that are compressed as one. */
export interface GzippedFile {
  readonly head: Uint8Array
  readonly parts: readonly Uint8Array[]
}

export function gzipFile({ head, parts }: GzippedFile): Uint8Array {
  return joinBytes([head, gzipParts(parts)])
}

/** Bytes that are compressed at once: so much of the parts is copied, not more. */
const pieceBytes = 2 ** 16

/** Parts, one after another, as one gzip file; the same parts give the same bytes. */
export function gzipParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const written: Uint8Array[] = []
  const stream = new Gzip({ level: 6, mtime: 0 }, (bytes) => written.push(bytes))
  for (const part of parts) {
    for (let at = 0; at < part.length; at += pieceBytes) stream.push(part.subarray(at, at + pieceBytes))
  }
  stream.push(new Uint8Array(0), true)
  return joinBytes(written)
}
