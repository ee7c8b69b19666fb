import type { PixelFormat } from './slice.ts'

/** Bytes of the header: the number of segments and 15 offsets. */
const headerLength = 64

/**
 * A frame of RLE Lossless (PS3.5, annex G) as if it had never been compressed, little endian. It says nothing of bits itself, so that all
 * that are allocated come back.
 * @returns undefined if it is damaged; `more` if it holds more pixels than are declared
 */
export function unpackRle(frame: Uint8Array, { columns, rows, bitsAllocated }: PixelFormat): UnpackedRle {
  const width = bitsAllocated / 8
  const count = columns * rows
  if (frame.length < headerLength) return undefined
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== width) return undefined
  const offsets = Array.from({ length: width }, (_, n) => view.getUint32(4 + 4 * n, true))
  const result = new Uint8Array(count * width)
  for (const [n, offset] of offsets.entries()) {
    const end = offsets[n + 1] ?? frame.length
    if (offset < headerLength || offset > end || end > frame.length) return undefined
    // The first segment holds the highest byte of each pixel.
    const found = unpackSegment(frame.subarray(offset, end), result, width - 1 - n, width, count + padding)
    if (found < count) return undefined
    if (found > count + padding) return 'more'
  }
  return result
}

type UnpackedRle = Uint8Array | 'more' | undefined

/** A segment, and a frame, of odd length is padded; zeros after its end read as one more byte. */
const padding = 2

/**
 * Runs of PackBits, to every `step`th byte from `at` on; gives how many bytes there are, also beyond the end, but for runs after more than
 * `most` of them.
 */
function unpackSegment(segment: Uint8Array, into: Uint8Array, at: number, step: number, most: number): number {
  let found = 0
  let from = 0
  while (from + 1 < segment.length && found <= most) {
    const control = segment[from++] as number
    // 128 is no run; up to 127 so many bytes and one follow as they are, beyond 128 one follows that is repeated.
    if (control === 128) continue
    const isRepeated = control > 128
    const length = isRepeated ? 257 - control : Math.min(control + 1, segment.length - from)
    for (let n = 0; n < length; n++) {
      const place = at + step * (found + n)
      if (place < into.length) into[place] = segment[isRepeated ? from : from + n] as number
    }
    found += length
    from += isRepeated ? 1 : length
  }
  return found
}
