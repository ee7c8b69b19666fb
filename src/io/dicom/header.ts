import type { DataSet } from 'dicom-parser'
import type { Side } from '../../core/anatomy.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { decimalStep, numbersOf, wholeNumberOf } from './elements.ts'
import { type FrameAttributes, framesOf, groups } from './frames.ts'
import { type ParsedDicom, parseDicom } from './parse.ts'
import { frameBytes, missingPixels } from './pixel-data.ts'
import type { CtSlice, DicomContent, PixelFormat } from './slice.ts'
import { textOf } from './text.ts'

/** CT Image Storage: classic, enhanced, legacy-converted. */
const ctStorage: readonly string[] = [
  '1.2.840.10008.5.1.4.1.1.2',
  '1.2.840.10008.5.1.4.1.1.2.1',
  '1.2.840.10008.5.1.4.1.1.2.2'
]
const directoryStorage = '1.2.840.10008.1.3.10'
const pictureStorage = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.|$)/

/**
 * Reads the header of a DICOM file; pixels are only measured. What is damaged or holds something else says so.
 * @param file what messages call it, within the folder or archive it lies in
 */
export async function readDicomHeader(bytes: Uint8Array, file: string): Promise<DicomContent> {
  const parsed = await parseDicom(bytes)
  const { data, whole, sopClass } = parsed
  const seriesUid = data.string('x0020000e')
  const [x, y, z] = numbersOf(data, 'x00200032', 3) ?? []
  const position: Vector3 | undefined = x === undefined || y === undefined || z === undefined ? undefined : [x, y, z]
  const damaged = (damage: string): DicomContent => ({ file, damage, seriesUid, position })
  const modality = data.string('x00080060')
  if (sopClass === directoryStorage || data.elements.x00041220 !== undefined) {
    return whole ? { file, lists: filesOf(data) } : damaged('is a damaged or truncated DICOMDIR')
  }
  if (parsed.overfull) return damaged('holds more sequence items than any image has')
  if (!whole) return damaged('is a damaged or truncated DICOM file')
  const isCt = ctStorage.includes(sopClass)
  if (data.elements.x7fe00010 === undefined) {
    if (isCt) return damaged('is truncated: it ends before its pixels')
    return { file, other: `${modality ?? 'unknown'} object without an image` }
  }
  if (pictureStorage.test(sopClass)) return { file, other: 'secondary capture' }
  if ((modality ?? 'CT') !== 'CT' || !(isCt || sopClass === ''))
    return { file, other: `${modality ?? 'unknown'} image` }
  return readCt(parsed, file, damaged)
}

function readCt(parsed: ParsedDicom, file: string, damaged: (damage: string) => DicomContent): DicomContent {
  const { data, sopClass } = parsed
  if (wholeNumberOf(data, 'x00280002') !== 1 || !data.string('x00280004')?.startsWith('MONOCHROME')) {
    return { file, other: 'colour image' }
  }
  const frames = framesOf(data)
  if (frames.length === 0) return { file, other: 'multi-frame CT that does not tell where its frames lie' }
  if (frames.every((frame) => imageType(frame).includes('LOCALIZER'))) return { file, other: 'CT localizer' }
  if (data.elements.x00283000 !== undefined) return { file, other: 'CT whose greys go through a table (Modality LUT)' }
  const pixels = pixelFormat(parsed)
  if (!(frameBytes(pixels) > 0)) return damaged('is damaged: its header declares an image without pixels')
  if (![8, 16, 32].includes(pixels.bitsAllocated) || pixels.bitsStored > pixels.bitsAllocated) {
    return damaged(`is damaged: its pixels have ${pixels.bitsStored} of ${pixels.bitsAllocated} bits`)
  }
  const missing = missingPixels(data, pixels, frames.length)
  if (missing !== undefined) return damaged(missing)
  const image = { file, sopClass, frames: frames.length, pixels }
  const slices = frames.flatMap((frame, n) => sliceOf(data, frame, n, image) ?? [])
  if (slices.length === 0) return { file, other: 'CT image without a position in the body' }
  return { file, slices }
}

/** A frame as a slice; undefined for a localizer and for one without a place in the body. */
function sliceOf(
  data: DataSet,
  frame: FrameAttributes,
  n: number,
  image: Pick<CtSlice, 'file' | 'sopClass' | 'frames' | 'pixels'>
): CtSlice | undefined {
  const { pixels } = image
  const numbers = (group: string, tag: string, count: number) => numbersOf(frame.where(group, tag), tag, count)
  const text = (group: string, tag: string) => frame.where(group, tag)?.string(tag) ?? ''
  const position = numbers(groups.position, 'x00200032', 3)
  const orientation = numbers(groups.orientation, 'x00200037', 6)
  const spacing = numbers(groups.measures, 'x00280030', 2)
  if (position === undefined || orientation === undefined || spacing === undefined) return undefined
  if (imageType(frame).includes('LOCALIZER')) return undefined
  const [rx, ry, rz, cx, cy, cz] = orientation as [number, number, number, number, number, number]
  const [px, py, pz] = position as [number, number, number]
  const [rowSpacing, columnSpacing] = spacing as [number, number]
  const kernel = text(groups.reconstruction, 'x00181210')
  const index = wholeNumberOf(frame.where(groups.content, 'x00209128'), 'x00209128', 4)
  return {
    ...image,
    frame: n,
    instanceUid: data.string('x00080018') ?? '',
    seriesUid: data.string('x0020000e') ?? '',
    seriesNumber: numberIn(data, 'x00200011'),
    seriesDescription: textOf(data, 'x0008103e'),
    kernel,
    instance: instanceOf(data, frame, n),
    marks: {
      acquisition: acquisitionOf(frame),
      stack: text(groups.content, 'x00209056'),
      phase: index === undefined ? text(groups.content, 'x00200100') : String(index),
      kernel,
      'image type': imageType(frame),
      'acquisition time': acquisitionTime(frame)
    },
    columns: pixels.columns,
    rows: pixels.rows,
    position: [px, py, pz],
    rowDirection: [rx, ry, rz],
    columnDirection: [cx, cy, cz],
    columnSpacing,
    rowSpacing,
    positionStep: decimalStep(text(groups.position, 'x00200032')),
    ...lateralityOf(frame, data),
    thickness: numbers(groups.measures, 'x00180050', 1)?.[0],
    rescale: rescaleOf(frame)
  }
}

/** A whole number as it is written; an integer string that holds anything else counts as empty. */
function numberIn(data: DataSet | undefined, tag: string): string {
  const text = data?.string(tag)?.trim() ?? ''
  return /^[+-]?\d+$/.test(text) ? text : ''
}

/** The instance number of a file of one frame; of several, the frame's place in it, from 1. */
function instanceOf(data: DataSet, frame: FrameAttributes, n: number): string {
  const several = Number(data.string('x00280008') ?? 1) > 1
  return several ? `frame ${n + 1}` : numberIn(frame.where(groups.unassigned, 'x00200013'), 'x00200013') || '?'
}

function acquisitionOf(frame: FrameAttributes): string {
  const number = wholeNumberOf(frame.where(groups.content, 'x00209156'), 'x00209156')
  return number === undefined
    ? (frame.where(groups.unassigned, 'x00200012')?.string('x00200012') ?? '')
    : String(number)
}

/** When its acquisition began; of slices that were acquired one after the other each has its own. */
function acquisitionTime(frame: FrameAttributes): string {
  const text = (group: string, tag: string) => frame.where(group, tag)?.string(tag) ?? ''
  return (
    text(groups.content, 'x00189074') ||
    text(groups.unassigned, 'x0008002a') ||
    `${text(groups.unassigned, 'x00080022')}${text(groups.unassigned, 'x00080032')}`
  )
}

function imageType(frame: FrameAttributes): string {
  return (
    frame.where(groups.type, 'x00089007')?.string('x00089007') ??
    frame.where(groups.type, 'x00080008')?.string('x00080008') ??
    ''
  )
}

function rescaleOf(frame: FrameAttributes): CtSlice['rescale'] {
  const number = (tag: string) => numbersOf(frame.where(groups.rescale, tag), tag, 1)?.[0]
  const [slope, intercept] = [number('x00281053'), number('x00281052')]
  if (slope === undefined && intercept === undefined) return undefined
  return { slope: slope ?? 1, intercept: intercept ?? 0 }
}

function lateralityOf(frame: FrameAttributes, data: DataSet): { laterality?: Side } {
  const code =
    frame.where(groups.anatomy, 'x00209072')?.string('x00209072') ??
    data.string('x00200062') ??
    data.string('x00200060')
  if (code === 'L') return { laterality: 'left' }
  return code === 'R' ? { laterality: 'right' } : {}
}

function pixelFormat({ data, transferSyntax }: ParsedDicom): PixelFormat {
  const bitsAllocated = wholeNumberOf(data, 'x00280100') ?? 0
  const bitsStored = wholeNumberOf(data, 'x00280101') ?? bitsAllocated
  return {
    transferSyntax,
    columns: wholeNumberOf(data, 'x00280011') ?? 0,
    rows: wholeNumberOf(data, 'x00280010') ?? 0,
    bitsAllocated,
    bitsStored,
    highBit: wholeNumberOf(data, 'x00280102') ?? bitsStored - 1,
    signed: wholeNumberOf(data, 'x00280103') === 1
  }
}

/** The files that the records of a DICOMDIR name (PS3.3, F.3), as paths from its folder. */
function filesOf(data: DataSet): readonly string[] {
  return (data.elements.x00041220?.items ?? []).flatMap(({ dataSet }) => {
    const id = dataSet?.string('x00041500')
    return id === undefined || id === ''
      ? []
      : [
          id
            .split('\\')
            .map((part) => part.trim())
            .join('/')
        ]
  })
}
