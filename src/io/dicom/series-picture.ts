import { cross, dot } from '../../core/math/vector.ts'
import { decodeSlices, type FrameDecoders } from './decode.ts'
import type { CtSlice } from './slice.ts'
import type { CtStack } from './stacks.ts'

/** One slice of a series in Hounsfield units, row by row. */
export interface SeriesPicture {
  readonly columns: number
  readonly rows: number
  /** Height of a pixel by its width. */
  readonly aspect: number
  readonly values: Int16Array | Float32Array
}

/**
 * The middle slice of a series, by which a person knows it; no other is decoded.
 * @param read the bytes of a file
 * @throws InputError if its pixels cannot be decoded
 */
export async function seriesPicture(
  source: string,
  { slices }: CtStack,
  read: (file: string) => Promise<Uint8Array>,
  decoders: FrameDecoders
): Promise<SeriesPicture> {
  const along = ({ position, rowDirection, columnDirection }: CtSlice): number =>
    dot(position, cross(rowDirection, columnDirection))
  const middle = slices.toSorted((a, b) => along(a) - along(b))[slices.length >> 1] as CtSlice
  const { columns, rows, rowSpacing, columnSpacing } = middle
  const { data: values } = await decodeSlices(source, [middle], read, decoders)
  return { columns, rows, aspect: rowSpacing / columnSpacing, values }
}
