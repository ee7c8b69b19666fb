import type { FrameDecoder } from './decode.ts'
import type { PixelFormat } from './slice.ts'

/** What is used of OpenJPH compiled to WebAssembly (@cornerstonejs/codec-openjph). */
export interface OpenJph {
  readonly HTJ2KDecoder: new () => HtDecoder
}

interface HtDecoder {
  getEncodedBuffer(length: number): Uint8Array
  decode(): void
  getFrameInfo(): { readonly bitsPerSample: number; readonly isSigned: boolean; readonly componentCount: number }
  getDecodedBuffer(): Uint8Array
  delete(): void
}

/** Decodes High-Throughput JPEG 2000 (ISO/IEC 15444-15). @param open loads OpenJPH once */
export function htj2kDecoder(open: () => Promise<OpenJph>): FrameDecoder {
  let opened: Promise<OpenJph> | undefined
  return async (frames, format) => {
    opened ??= open()
    const { HTJ2KDecoder } = await opened
    const perFrame = format.columns * format.rows
    const result = new Int32Array(perFrame * frames.length)
    const decoder = new HTJ2KDecoder()
    try {
      for (const [n, frame] of frames.entries()) result.set(decodeFrame(decoder, frame, format), n * perFrame)
    } finally {
      decoder.delete()
    }
    return result
  }
}

function decodeFrame(decoder: HtDecoder, frame: Uint8Array, { columns, rows, signed, bitsStored }: PixelFormat) {
  decoder.getEncodedBuffer(frame.length).set(frame)
  decoder.decode()
  const { bitsPerSample, isSigned, componentCount } = decoder.getFrameInfo()
  const bytes = decoder.getDecodedBuffer().slice()
  const width = bitsPerSample <= 8 ? 1 : 2
  if (componentCount !== 1 || bitsPerSample > 16 || bytes.length !== columns * rows * width) {
    throw new Error(`${bytes.length} bytes of ${bitsPerSample} bits`)
  }
  const Values = width === 1 ? (isSigned ? Int8Array : Uint8Array) : isSigned ? Int16Array : Uint16Array
  const values = new Values(bytes.buffer)
  if (!signed || isSigned) return values
  // Signed values that were compressed as if they had no sign.
  const lift = 32 - bitsStored
  return new Int32Array(values).map((value) => (value << lift) >> lift)
}
