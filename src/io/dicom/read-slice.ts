import type { DataSet } from 'dicom-parser'
import type { Side } from '../../core/anatomy.ts'
import { printable } from '../../core/printable.ts'
import { decimalStep, isEmpty, numbersOf, wholeNumberOf } from './elements.ts'
import { type FrameAttributes, groups } from './frames.ts'
import type { CtSlice } from './slice.ts'
import { textOf } from './text.ts'

/** Attributes of decimals that a slice is read from, by tag. */
const decimals = {
  x00200032: { name: 'Image Position (Patient)', group: groups.position, count: 3 },
  x00200037: { name: 'Image Orientation (Patient)', group: groups.orientation, count: 6 },
  x00280030: { name: 'Pixel Spacing', group: groups.measures, count: 2 },
  x00281053: { name: 'Rescale Slope', group: groups.rescale, count: 1 },
  x00281052: { name: 'Rescale Intercept', group: groups.rescale, count: 1 }
} as const

type DecimalTag = keyof typeof decimals

/** How far a direction of one decimal digit may be from unit length. */
const coarselyRounded = 0.1

/** Attributes without which a slice has no place. */
const placing: readonly DecimalTag[] = ['x00200032', 'x00200037', 'x00280030']

/**
 * What is wrong with the numbers a slice is placed and scaled by, to follow the file's name; undefined if nothing is.
 * A value of several numbers of which one is missing is wrong: what is left would be taken for another place.
 */
export function sliceFault(frame: FrameAttributes): string | undefined {
  const where = (tag: DecimalTag) => frame.where(decimals[tag].group, tag)
  const missing = placing.filter((tag) => isEmpty(where(tag), tag)).map((tag) => decimals[tag].name)
  if (missing.length > 0) return `has no ${missing.join(' and no ')}, so that it has no place in the body`
  for (const tag of Object.keys(decimals) as DecimalTag[]) {
    const { name, count } = decimals[tag]
    if (isEmpty(where(tag), tag) || numbersOf(where(tag), tag, count) !== undefined) continue
    const text = where(tag)?.string(tag)?.slice(0, 100) ?? ''
    const wanted = count === 1 ? 'is no number' : `does not hold ${count} numbers`
    return `is damaged: its ${name}, "${printable(text)}", ${wanted}; export it again`
  }
  const [rx = 0, ry = 0, rz = 0, ...column] = numbersOf(where('x00200037'), 'x00200037', 6) ?? []
  const lengths = [Math.hypot(rx, ry, rz), Math.hypot(...column)]
  if (lengths.every((length) => Math.abs(length - 1) <= coarselyRounded)) return undefined
  return `is damaged: its ${decimals.x00200037.name} holds vectors of length ${lengths.map(short).join(' and ')}, not 1; export it again`
}

function short(length: number): number {
  return Number(length.toPrecision(3))
}

/** A frame as a slice; undefined where it has a {@link sliceFault}. */
export function sliceOf(
  data: DataSet,
  frame: FrameAttributes,
  n: number,
  image: Pick<CtSlice, 'file' | 'sopClass' | 'frames' | 'pixels' | 'padding'>
): CtSlice | undefined {
  const { pixels } = image
  const numbers = (group: string, tag: string, count: number) => numbersOf(frame.where(group, tag), tag, count)
  const text = (group: string, tag: string) => frame.where(group, tag)?.string(tag) ?? ''
  const position = numbers(groups.position, 'x00200032', 3)
  const orientation = numbers(groups.orientation, 'x00200037', 6)
  const spacing = numbers(groups.measures, 'x00280030', 2)
  if (position === undefined || orientation === undefined || spacing === undefined) return undefined
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
    subject: {
      patient: textOf(data, 'x00100020'),
      study: data.string('x0020000d') ?? '',
      'frame of reference': data.string('x00200052') ?? ''
    },
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
    rescale: {
      slope: numbers(groups.rescale, 'x00281053', 1)?.[0],
      intercept: numbers(groups.rescale, 'x00281052', 1)?.[0]
    }
  }
}

/** Values of Image Type, or of Frame Type. */
export function imageType(frame: FrameAttributes): string {
  return (
    frame.where(groups.type, 'x00089007')?.string('x00089007') ??
    frame.where(groups.type, 'x00080008')?.string('x00080008') ??
    ''
  )
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

function lateralityOf(frame: FrameAttributes, data: DataSet): { laterality?: Side } {
  const code =
    frame.where(groups.anatomy, 'x00209072')?.string('x00209072') ??
    data.string('x00200062') ??
    data.string('x00200060')
  if (code === 'L') return { laterality: 'left' }
  return code === 'R' ? { laterality: 'right' } : {}
}
