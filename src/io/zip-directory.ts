import { decodeHeaderText } from './decode-text.ts'

/** One file of a zip archive, as its central directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZipEntry {
  readonly name: string
  readonly encrypted: boolean
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  /** Where its local header starts, and its data. */
  readonly headerStart: number
  readonly dataStart: number
}

const endSignature = 0x06054b50
const wideEndSignature = 0x06064b50
const wideLocatorSignature = 0x07064b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

/** Marks a size or offset that does not fit and stands in the zip64 extra field. */
const wide = 0xffffffff

/**
 * The entries of an archive, read in one pass over its central directory.
 * @param limit most entries
 * @throws Error if the directory is damaged, or RangeError where it leads out of the file
 */
export function readZipDirectory(archive: Uint8Array, limit: number): readonly ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const { start, count } = findDirectory(view)
  if (count > limit) throw new Error(`holds ${count} files`)
  const entries: ZipEntry[] = []
  let at = start
  for (let n = 0; n < count; n++) {
    if (view.getUint32(at, true) !== entrySignature) throw new Error('an entry of the directory is damaged')
    const [nameLength, extraLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)]
    const nameEnd = at + 46 + nameLength
    if (nameEnd + extraLength > archive.length) throw new Error('the directory is cut short')
    const sizes = wideSizes(view, nameEnd, extraLength, [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true)
    ])
    const [size, compressedSize, headerStart] = sizes as [number, number, number]
    entries.push({
      name: decodeHeaderText(archive.subarray(at + 46, nameEnd)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressedSize,
      size,
      headerStart,
      dataStart: dataStartOf(view, headerStart, compressedSize)
    })
    at = nameEnd + extraLength + view.getUint16(at + 32, true)
  }
  checkApart(entries)
  return entries
}

/** Entries that share bytes would let a small archive unpack to any size. */
function checkApart(entries: readonly ZipEntry[]): void {
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.headerStart - b.headerStart)) {
    if (entry.headerStart < end) throw new Error(`the files of the archive overlap (${entry.name})`)
    end = entry.dataStart + entry.compressedSize
  }
}

function findDirectory(view: DataView): { readonly start: number; readonly count: number } {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) !== endSignature) continue
    const [count, start] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)]
    if (at < 20 || view.getUint32(at - 20, true) !== wideLocatorSignature) return { count, start }
    const end = Number(view.getBigUint64(at - 12, true))
    if (view.getUint32(end, true) !== wideEndSignature) throw new Error('the zip64 end is damaged')
    return { count: Number(view.getBigUint64(end + 32, true)), start: Number(view.getBigUint64(end + 48, true)) }
  }
  throw new Error('the end of the archive is missing')
}

/** The values that do not fit into 32 bits, from the zip64 extra field (4.5.3), which holds only those. */
function wideSizes(view: DataView, start: number, length: number, values: readonly number[]): readonly number[] {
  if (!values.includes(wide)) return values
  for (let at = start; at + 4 <= start + length; ) {
    const [id, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)]
    let next = at + 4
    if (id === 1) {
      return values.map((value) => {
        if (value !== wide) return value
        next += 8
        return Number(view.getBigUint64(next - 8, true))
      })
    }
    at += 4 + size
  }
  return values
}

function dataStartOf(view: DataView, headerStart: number, compressedSize: number): number {
  if (view.getUint32(headerStart, true) !== localSignature) throw new Error('the header of a file is damaged')
  const start = headerStart + 30 + view.getUint16(headerStart + 26, true) + view.getUint16(headerStart + 28, true)
  if (start + compressedSize > view.byteLength) throw new Error('a file is cut short')
  return start
}
