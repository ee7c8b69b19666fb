import type { DataSet } from 'dicom-parser'
import { wholeNumberOf } from './elements.ts'
import type { ParsedDicom } from './parse.ts'
import { frameBytes } from './pixel-data.ts'
import type { CtSlice, PixelFormat } from './slice.ts'

/** How a header says that pixels are stored. */
export function pixelFormat({ data, transferSyntax }: ParsedDicom): PixelFormat {
  const bitsAllocated = wholeNumberOf(data, 'x00280100') ?? 0
  const bitsStored = wholeNumberOf(data, 'x00280101') ?? bitsAllocated
  return {
    transferSyntax,
    columns: wholeNumberOf(data, 'x00280011') ?? 0,
    rows: wholeNumberOf(data, 'x00280010') ?? 0,
    bitsAllocated,
    bitsStored,
    highBit: wholeNumberOf(data, 'x00280102') ?? bitsStored - 1,
    signed: wholeNumberOf(data, 'x00280103') === 1,
    overlay: holdsOverlay(data)
  }
}

/** What is wrong with it, to follow the file's name; undefined if nothing is. */
export function formatFault(data: DataSet, format: PixelFormat): string | undefined {
  const { bitsAllocated, bitsStored, highBit } = format
  if (!(frameBytes(format) > 0)) return 'is damaged: its header declares an image without pixels'
  if (![8, 16, 32].includes(bitsAllocated) || bitsStored < 1 || bitsStored > bitsAllocated) {
    return `is damaged: its pixels have ${bitsStored} of ${bitsAllocated} bits`
  }
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) {
    return `is damaged: the highest of its ${bitsStored} bits cannot be bit ${highBit} of ${bitsAllocated} (High Bit)`
  }
  const representation = wholeNumberOf(data, 'x00280103')
  if (representation === 0 || representation === 1) return undefined
  const found = representation === undefined ? 'no Pixel Representation' : `the Pixel Representation ${representation}`
  return `has ${found}, so that it is not known whether its values have a sign; export it again`
}

/** Stored values of pixels outside the recorded field (PS3.3, C.7.5.1.1.2): one, or all between two. */
export function paddingOf(data: DataSet, { signed }: PixelFormat): CtSlice['padding'] {
  const number = (tag: string): number | undefined => {
    const value = wholeNumberOf(data, tag)
    return value === undefined || !signed ? value : (value << 16) >> 16
  }
  const value = number('x00280120')
  if (value === undefined) return undefined
  const limit = number('x00280121') ?? value
  return [Math.min(value, limit), Math.max(value, limit)]
}

/** An overlay whose bits lie in the pixels has a position there (60xx,0102) other than 0, as it was until 2004. */
function holdsOverlay(data: DataSet): boolean {
  const tags = Object.keys(data.elements).filter((tag) => /^x60..0102$/.test(tag))
  return tags.some((tag) => (wholeNumberOf(data, tag) ?? 0) > 0)
}
