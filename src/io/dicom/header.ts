import dicomParser, { type DataSet } from 'dicom-parser'
import type { Side } from '../../core/anatomy.ts'
import { InputError } from '../../core/errors.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** One CT slice, as its header describes it; `file` is what messages call it. */
export interface CtSlice {
  readonly file: string
  readonly seriesUid: string
  readonly seriesNumber: string
  readonly seriesDescription: string
  readonly instance: string
  readonly columns: number
  readonly rows: number
  /** World position (LPS mm) of the centre of the first voxel. */
  readonly position: Vector3
  /** World direction in which the column number grows along a row, and the row number down a column. */
  readonly rowDirection: Vector3
  readonly columnDirection: Vector3
  /** Distance in mm between neighbours along a row, and down a column. */
  readonly columnSpacing: number
  readonly rowSpacing: number
  /** The side of the body it shows, if the scanner recorded one: Image Laterality or Laterality. */
  readonly laterality?: Side
  /** Nominal thickness in mm, if the scanner recorded it. */
  readonly thickness: number | undefined
  /** How its pixels are stored and rescaled, as one text that is equal for slices that can be decoded together. */
  readonly pixelFormat: string
}

/** What a DICOM file holds: a CT slice, or something a scan cannot be read from, with the word for it. */
export type DicomContent = { readonly slice: CtSlice } | { readonly other: string }

const ctImage = '1.2.840.10008.5.1.4.1.1.2'
const enhancedCt = '1.2.840.10008.5.1.4.1.1.2.1'

/** Transfer syntaxes that store pixels as they are, so that their length is known. */
const uncompressed: readonly string[] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2']

/** Whether bytes start as a DICOM file does: a preamble of 128 bytes, then `DICM`. */
export function isDicom(bytes: Uint8Array): boolean {
  return [...'DICM'].every((letter, n) => bytes[128 + n] === letter.charCodeAt(0))
}

/**
 * Reads the header of a DICOM file; pixels are only measured.
 * @param file what messages call it, within `source`, the folder or archive it lies in
 * @throws InputError if the file is damaged or truncated
 */
export function readDicomHeader(bytes: Uint8Array, file: string, source: string): DicomContent {
  const fail = (problem: string, options?: ErrorOptions): never => {
    throw new InputError(source, `${file} ${problem}`, options)
  }
  const data = parse(bytes, fail)
  const modality = data.string('x00080060')
  const pixels = data.elements.x7fe00010
  if (pixels === undefined && data.string('x00020002') === ctImage) fail('is truncated: it ends before its pixels')
  if (pixels === undefined) return { other: `${modality ?? 'unknown'} object without an image` }
  if (modality !== 'CT') return { other: `${modality ?? 'unknown'} image` }
  if (data.string('x00080016') === enhancedCt || Number(data.string('x00280008') ?? 1) > 1) {
    return { other: 'multi-frame CT' }
  }
  if (data.string('x00080008')?.includes('LOCALIZER')) return { other: 'CT localizer' }
  if (data.uint16('x00280002') !== 1 || data.string('x00280004') !== 'MONOCHROME2') return { other: 'colour image' }
  const position = numbers(data, 'x00200032', 3)
  const orientation = numbers(data, 'x00200037', 6)
  const spacing = numbers(data, 'x00280030', 2)
  if (position === undefined || orientation === undefined || spacing === undefined) {
    return { other: 'CT image without a position in the body' }
  }
  const [columns, rows] = [data.uint16('x00280011') ?? 0, data.uint16('x00280010') ?? 0]
  const declared = columns * rows * ((data.uint16('x00280100') ?? 0) / 8)
  if (declared === 0) fail('is damaged: its header declares an image without pixels')
  const plain = uncompressed.includes(data.string('x00020010') ?? '')
  if (plain && (pixels.length < declared || pixels.dataOffset + declared > bytes.length)) {
    fail('is truncated: it holds fewer pixels than its header declares')
  }
  const [rx, ry, rz, cx, cy, cz] = orientation as [number, number, number, number, number, number]
  const [px, py, pz] = position as [number, number, number]
  const [rowSpacing, columnSpacing] = spacing as [number, number]
  return {
    slice: {
      file,
      seriesUid: data.string('x0020000e') ?? '',
      seriesNumber: data.string('x00200011') ?? '',
      seriesDescription: data.string('x0008103e') ?? '',
      instance: data.string('x00200013') ?? '?',
      columns,
      rows,
      position: [px, py, pz],
      rowDirection: [rx, ry, rz],
      columnDirection: [cx, cy, cz],
      columnSpacing,
      rowSpacing,
      ...lateralityOf(data),
      thickness: numbers(data, 'x00180050', 1)?.[0],
      pixelFormat: pixelFormat(data)
    }
  }
}

/** Parses up to the pixels and no further. */
function parse(bytes: Uint8Array, fail: (problem: string, options: ErrorOptions) => never): DataSet {
  try {
    return dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' })
  } catch (error) {
    return fail('is a damaged or truncated DICOM file', { cause: error })
  }
}

function lateralityOf(data: DataSet): { laterality?: Side } {
  const code = data.string('x00200062') ?? data.string('x00200060')
  if (code === 'L') return { laterality: 'left' }
  return code === 'R' ? { laterality: 'right' } : {}
}

/** Transfer syntax, bits allocated and stored, sign, rescale slope and intercept. */
function pixelFormat(data: DataSet): string {
  const bits = ['x00280100', 'x00280101', 'x00280103'].map((tag) => data.uint16(tag))
  return [data.string('x00020010'), ...bits, data.string('x00281053'), data.string('x00281052')].join(' ')
}

/** The finite numbers of a decimal string; undefined if the element is missing or does not hold `count` of them. */
function numbers(data: DataSet, tag: string, count: number): readonly number[] | undefined {
  const text = data.string(tag)
  if (text === undefined || text.trim() === '') return undefined
  const values = text.split('\\').map(Number)
  return values.length === count && values.every(Number.isFinite) ? values : undefined
}
