import type { DataSet } from 'dicom-parser'
import { joinBytes } from '../join-bytes.ts'
import type { PixelFormat } from './slice.ts'
import { transferSyntax } from './transfer-syntax.ts'

const itemTag = 0xfffee000
const endTag = 0xfffee0dd
const pixelTag = 'x7fe00010'

/** Bytes of one frame that is stored as it is. */
export function frameBytes({ columns, rows, bitsAllocated }: PixelFormat): number {
  return (columns * rows * bitsAllocated) / 8
}

/** What is wrong with the length of an object's pixels, if anything: it is compared with the file's before any is read. */
export function missingPixels(data: DataSet, format: PixelFormat, frames: number): string | undefined {
  const element = data.elements[pixelTag]
  const truncated = 'is truncated: it holds fewer pixels than its header declares'
  const tooMany = `is damaged: it ${morePixels(format, frames)}`
  if (element === undefined) return 'is truncated: it ends before its pixels'
  if (!transferSyntax(format.transferSyntax).encapsulated) {
    const declared = frameBytes(format) * frames
    const short = element.length < declared || element.dataOffset + declared > data.byteArray.length
    if (short) return truncated
    return isAsLong(element.length, declared) ? undefined : tooMany
  }
  const fragments = fragmentsOf(data)
  const { name, coding } = transferSyntax(format.transferSyntax)
  if (fragments === undefined && coding === undefined) {
    return `holds pixels stored as ${name}, which cannot be read; convert it first, for example with gdcmconv --raw`
  }
  if (fragments === undefined) return 'is damaged or truncated: its compressed pixels do not end within the file'
  if (fragments.length - 1 < frames) return truncated
  const tables = [extendedOffsets(data), basicOffsets(data, fragments[0] as Fragment)]
  return tables.some(({ length }) => length > frames) ? tooMany : undefined
}

/** Whether so many bytes of pixels are as many as declared; values of odd length are padded by a byte (PS3.5, 7.1.1). */
export function isAsLong(bytes: number, declared: number): boolean {
  return bytes === declared || bytes === declared + (declared % 2)
}

/** What is wrong where there are more pixels than declared: rows of another length than theirs would be sheared. */
export function morePixels({ columns, rows }: PixelFormat, frames: number): string {
  const declared = `${frames === 1 ? '' : `${frames} frames of `}${columns} × ${rows}`
  return `holds more pixels than its header declares (${declared}); export it again`
}

/** The stored bytes of each frame, compressed or not; undefined if the fragments cannot be divided into frames. */
export function framePixels(data: DataSet, format: PixelFormat, frames: number): readonly Uint8Array[] | undefined {
  const element = data.elements[pixelTag]
  if (element === undefined) return undefined
  if (!transferSyntax(format.transferSyntax).encapsulated) {
    const length = frameBytes(format)
    return Array.from({ length: frames }, (_, n) => part(data, element.dataOffset + n * length, length))
  }
  const [offsets, ...fragments] = fragmentsOf(data) ?? []
  if (offsets === undefined) return undefined
  if (frames === 1) return [onePart(fragments.map(({ at, length }) => part(data, at, length)))]
  if (fragments.length === frames) return fragments.map(({ at, length }) => part(data, at, length))
  const starts = frameStarts(data, offsets, fragments, frames)
  return starts?.map((start, n) =>
    onePart(fragments.slice(start, starts[n + 1] ?? fragments.length).map(({ at, length }) => part(data, at, length)))
  )
}

interface Fragment {
  /** Where its bytes start, and how many they are. */
  readonly at: number
  readonly length: number
}

/** The items of encapsulated pixels (PS3.5, A.4), the offset table first; undefined if one does not end in the file. */
function fragmentsOf(data: DataSet): readonly Fragment[] | undefined {
  const element = data.elements[pixelTag]
  if (element?.hadUndefinedLength !== true) return undefined
  const { byteArray: bytes } = data
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Fragment[] = []
  let at = element.dataOffset
  while (at + 8 <= bytes.length) {
    const tag = view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true)
    const length = view.getUint32(at + 4, true)
    if (tag === endTag) return found.length > 1 ? found : undefined
    if (tag !== itemTag || at + 8 + length > bytes.length) return undefined
    found.push({ at: at + 8, length })
    at += 8 + length
  }
  // Some writers leave out the end of the sequence where the file ends.
  return at === bytes.length && found.length > 1 ? found : undefined
}

/** The fragment each frame starts with, by the extended or basic offset table, or by the start of each code stream. */
function frameStarts(
  data: DataSet,
  table: Fragment,
  fragments: readonly Fragment[],
  frames: number
): readonly number[] | undefined {
  const first = (fragments[0]?.at ?? 0) - 8
  const at = new Map(fragments.map((fragment, n) => [fragment.at - 8 - first, n]))
  const fromTable = [...extendedOffsets(data), ...basicOffsets(data, table)]
  const offsets = fromTable.length > frames ? fromTable.slice(0, frames) : fromTable
  const starts = offsets.flatMap((offset) => at.get(offset) ?? [])
  if (starts.length === frames) return starts
  const streams = fragments.flatMap(({ at: start }, n) => (startsStream(part(data, start, 2)) ? [n] : []))
  return streams.length === frames ? streams : undefined
}

function extendedOffsets(data: DataSet): readonly number[] {
  const element = data.elements.x7fe00001
  if (element === undefined || element.dataOffset + element.length > data.byteArray.length) return []
  const { buffer, byteOffset } = data.byteArray
  const view = new DataView(buffer, byteOffset + element.dataOffset, element.length)
  return Array.from({ length: element.length >> 3 }, (_, n) => Number(view.getBigUint64(8 * n, true)))
}

function basicOffsets(data: DataSet, { at, length }: Fragment): readonly number[] {
  const view = new DataView(data.byteArray.buffer, data.byteArray.byteOffset + at, length)
  return Array.from({ length: length >> 2 }, (_, n) => view.getUint32(4 * n, true))
}

/** A JPEG image starts with FF D8, a JPEG 2000 code stream with FF 4F. */
function startsStream([a, b]: Uint8Array): boolean {
  return a === 0xff && (b === 0xd8 || b === 0x4f)
}

function part(data: DataSet, at: number, length: number): Uint8Array {
  return data.byteArray.subarray(at, at + length)
}

/** Fragments joined; a single one is not copied. */
function onePart(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : joinBytes(parts)
}
