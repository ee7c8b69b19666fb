/** What a compressed frame says of its own size, and how many bits a value of it has. */
export interface CodeStreamSize {
  readonly columns: number
  readonly rows: number
  readonly bits: number
}

/**
 * The size that a JPEG, JPEG-LS or JPEG 2000 frame declares itself, which decoders allocate by, and its precision; undefined where it
 * is not known.
 */
export function codeStreamSize(frame: Uint8Array): CodeStreamSize | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (frame[0] === 0xff && frame[1] === 0x4f) return jpeg2000Size(view)
  if (frame[0] === 0xff && frame[1] === 0xd8) return jpegSize(view)
  return undefined
}

/**
 * The SIZ marker segment follows the start of the code stream (ISO/IEC 15444-1, A.5.1): extent less offset; of the first component's
 * depth the highest bit says that values are signed, the others how many bits they have, less one.
 */
function jpeg2000Size(view: DataView): CodeStreamSize | undefined {
  if (view.byteLength < 43 || view.getUint16(2) !== 0xff51) return undefined
  return {
    columns: view.getUint32(8) - view.getUint32(16),
    rows: view.getUint32(12) - view.getUint32(20),
    bits: (view.getUint8(42) & 0x7f) + 1
  }
}

/** The first start-of-frame marker (ISO/IEC 10918-1, B.2.2; for JPEG-LS F7) holds precision and size. */
function jpegSize(view: DataView): CodeStreamSize | undefined {
  let at = 2
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const isFrame = (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7
    if (isFrame) {
      return { rows: view.getUint16(at + 5), columns: view.getUint16(at + 7), bits: view.getUint8(at + 4) }
    }
    // Fill bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}
