const startOfCodestream = 0xff4f
const imageSize = 0xff51
const codingStyle = 0xff52
const quantization = 0xff5c
const startOfTile = 0xff90
const startOfData = 0xff93

/** Maximum number of tiles; their indices have 16 bits. */
const mostTiles = 65535

/**
 * Whether the headers of a JPEG 2000 code stream of one component are consistent (ISO/IEC 15444-1, annex A): its size, its
 * coding style, the length of every marker segment and of every tile-part. On inconsistent headers a decoder may never end.
 */
export function isWholeJpeg2000(frame: Uint8Array): boolean {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.byteLength < 4 || view.getUint16(0) !== startOfCodestream || view.getUint16(2) !== imageSize) return false
  const header = segmentsUntil(startOfTile, view, 2)
  if (header === undefined) return false
  const [size, style] = [header.segments.get(imageSize), header.segments.get(codingStyle)]
  if (size === undefined || style === undefined || !header.segments.has(quantization)) return false
  const tiles = tilesOf(size)
  return tiles >= 1 && tiles <= mostTiles && isCodingStyle(style) && areTileParts(view, header.end, tiles)
}

/** Marker segments by their markers, each after its length, up to a marker; undefined where one goes beyond the end. */
function segmentsUntil(last: number, view: DataView, start: number) {
  const segments = new Map<number, DataView>()
  for (let at = start; at + 2 <= view.byteLength; ) {
    const marker = view.getUint16(at)
    if (marker === last) return { segments, end: at }
    if (marker < 0xff50 || marker > 0xff6f || at + 4 > view.byteLength) return undefined
    const length = view.getUint16(at + 2)
    if (length < 2 || at + 2 + length > view.byteLength) return undefined
    segments.set(marker, new DataView(view.buffer, view.byteOffset + at + 4, length - 2))
    at += 2 + length
  }
  return undefined
}

/** Number of tiles; 0 where the extents contradict each other or the image is not one component of every point. */
function tilesOf(size: DataView): number {
  if (size.byteLength !== 39 || size.getUint16(34) !== 1 || size.getUint16(37) !== 0x0101) return 0
  const extent = (at: number): readonly [number, number] => [size.getUint32(at), size.getUint32(at + 4)]
  const [end, start, tile, firstTile] = [extent(2), extent(10), extent(18), extent(26)]
  let tiles = 1
  for (const axis of [0, 1] as const) {
    const first = firstTile[axis]
    // The first tile holds the first point of the image.
    if (end[axis] <= start[axis] || first > start[axis] || first + tile[axis] <= start[axis]) return 0
    tiles *= Math.ceil((end[axis] - first) / tile[axis])
  }
  return tiles
}

function isCodingStyle(style: DataView): boolean {
  if (style.byteLength < 10) return false
  const byte = (at: number): number => style.getUint8(at)
  const [levels, width, height] = [byte(5), byte(6), byte(7)]
  const precincts = byte(0) % 2 === 1 ? levels + 1 : 0
  // Code blocks have at most 4096 points, 1024 along an edge; the exponents are stored less two.
  const blocks = width <= 8 && height <= 8 && width + height <= 8
  return byte(1) <= 4 && style.getUint16(2) > 0 && levels <= 32 && blocks && style.byteLength === 10 + precincts
}

/** Whether what follows the main header is one tile-part after the other, each of the length that it declares. */
function areTileParts(view: DataView, start: number, tiles: number): boolean {
  let at = start
  while (at + 14 <= view.byteLength && view.getUint16(at) === startOfTile) {
    const declared = view.getUint32(at + 6)
    // The last tile-part may leave its length open.
    const length = declared === 0 ? view.byteLength - at : declared
    const isHeader = view.getUint16(at + 2) === 10 && view.getUint16(at + 4) < tiles
    if (!isHeader || length < 14 || at + length > view.byteLength) return false
    const part = new DataView(view.buffer, view.byteOffset + at, length)
    if (segmentsUntil(startOfData, part, 12) === undefined) return false
    at += length
  }
  return at > start
}
