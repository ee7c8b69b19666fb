import dicomParser, { type DataSet } from 'dicom-parser'
import { maxVoxels } from '../check-scan.ts'
import { inflateStart } from '../inflate.ts'
import { wholeNumberOf } from './elements.ts'
import { bareStart, hasPreamble } from './is-dicom.ts'
import { renameLongNumbers } from './long-lengths.ts'
import { readFileMeta } from './meta.ts'
import {
  deflatedLittleEndian,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
  transferSyntax as syntaxCalled
} from './transfer-syntax.ts'

/** A DICOM object up to its pixels, however it was written. */
export interface ParsedDicom {
  /** Offsets of its elements count in its own `byteArray`, which may be an inflated one. */
  readonly data: DataSet
  readonly transferSyntax: string
  readonly sopClass: string
  /** It could be read to its pixels or its end; else `data` holds what stands before the damage. */
  readonly whole: boolean
  /** It was not read, because it has more sequence items than any image. */
  readonly overfull?: boolean
}

/** Enhanced multi-frame images have some ten items a frame, of which there are a few thousand; the parser reads 250 000 a second. */
const mostItems = 500_000

/** Most bytes before the pixels of a deflated object. */
const headerAllowance = 2 ** 26

/**
 * Parses a DICOM object up to its pixels and no further: with or without preamble and file meta information, deflated
 * or not. Damage is no error here; `whole` is false.
 */
export async function parseDicom(bytes: Uint8Array): Promise<ParsedDicom> {
  const start = hasPreamble(bytes) ? undefined : bareStart(bytes)
  const withMeta = start === undefined || start.meta
  const meta = withMeta ? readFileMeta(bytes) : { transferSyntax: '', sopClass: '', end: 0 }
  const body = bytes.subarray(meta.end)
  const transferSyntax = meta.transferSyntax === '' ? syntaxOf(body) : meta.transferSyntax
  const plain = transferSyntax === deflatedLittleEndian ? await inflated(body) : body
  if (plain !== undefined && hasMoreItems(plain, mostItems)) {
    return { data: emptyDataSet(), transferSyntax, sopClass: meta.sopClass, whole: false, overfull: true }
  }
  if (plain !== undefined && syntaxCalled(transferSyntax).encapsulated) renameLongNumbers(plain)
  const { data, whole } = attempt(plain ?? new Uint8Array(0), transferSyntax)
  const sopClass = data.string('x00080016') ?? meta.sopClass
  return { data, transferSyntax, sopClass, whole: whole && plain !== undefined }
}

/** The transfer syntax of a data set without file meta information, recognised by its first element. */
function syntaxOf(body: Uint8Array): string {
  const start = bareStart(body)
  if (start === undefined || !start.explicit) return implicitLittleEndian
  return start.littleEndian ? explicitLittleEndian : explicitBigEndian
}

function attempt(body: Uint8Array, transferSyntax: string): Pick<ParsedDicom, 'data' | 'whole'> {
  try {
    // The parser uses a given transfer syntax if there is no file meta information, and would inflate the data a second time.
    const TransferSyntaxUID = transferSyntax === deflatedLittleEndian ? explicitLittleEndian : transferSyntax
    const data = dicomParser.parseDicom(body, { untilTag: 'x7fe00010', TransferSyntaxUID })
    return { data: withoutOverruns(data), whole: true }
  } catch (error) {
    return { data: withoutOverruns(readSoFar(error)), whole: false }
  }
}

/**
 * Removes elements whose value would go beyond the end of the object, because the parser throws when they are read. The pixels
 * stay: their decoder reports what is missing.
 */
function withoutOverruns(data: DataSet): DataSet {
  for (const [tag, { dataOffset, length, items }] of Object.entries(data.elements)) {
    if (tag === 'x7fe00010') continue
    if (length < 0 || dataOffset + length > data.byteArray.length) delete data.elements[tag]
    else for (const { dataSet } of items ?? []) if (dataSet !== undefined) withoutOverruns(dataSet)
  }
  return data
}

/** The parser throws what it had read so far together with its complaint. */
function readSoFar(error: unknown): DataSet {
  if (typeof error === 'object' && error !== null && 'dataSet' in error) return error.dataSet as DataSet
  return emptyDataSet()
}

function emptyDataSet(): DataSet {
  return dicomParser.parseDicom(new Uint8Array(0), { TransferSyntaxUID: implicitLittleEndian })
}

/** Bytes of an item that holds nothing: its tag and its length. */
const itemBytes = 8

/** Whether the tag of a sequence item, (FFFE,E000) in either byte order, stands in the bytes more often than this. */
function hasMoreItems(bytes: Uint8Array, most: number): boolean {
  if (bytes.length < itemBytes * most) return false
  let items = 0
  for (let at = 0; at + itemBytes <= bytes.length && items <= most; at++) {
    const isLittle = bytes[at] === 0xfe && bytes[at + 1] === 0xff && bytes[at + 2] === 0x00 && bytes[at + 3] === 0xe0
    const isBig = bytes[at] === 0xff && bytes[at + 1] === 0xfe && bytes[at + 2] === 0xe0 && bytes[at + 3] === 0x00
    if (isLittle || isBig) items++
  }
  return items > most
}

/**
 * A deflated data set (PS3.5, A.5) inflated to no more than the pixels that its header declares and an allowance for
 * the header; undefined if it is damaged or holds more.
 */
async function inflated(body: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const first = await inflateStart('', body, 'deflate-raw', headerAllowance)
    if (first.length < headerAllowance) return first
    const { data, whole } = attempt(first, deflatedLittleEndian)
    const pixels = whole ? declaredBytes(data) : 0
    if (!(pixels > 0 && pixels <= 4 * maxVoxels)) return undefined
    const all = await inflateStart('', body, 'deflate-raw', headerAllowance + pixels)
    return all.length < headerAllowance + pixels ? all : undefined
  } catch {
    return undefined
  }
}

function declaredBytes(data: DataSet): number {
  const frames = Number(data.string('x00280008') ?? 1)
  const bits = wholeNumberOf(data, 'x00280100') ?? 0
  return ((wholeNumberOf(data, 'x00280010') ?? 0) * (wholeNumberOf(data, 'x00280011') ?? 0) * frames * bits) / 8
}
