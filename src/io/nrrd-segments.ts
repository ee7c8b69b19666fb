import { InputError } from '../core/errors.ts'
import { decimalOf } from './decimal.ts'
import { parseNrrdHeader } from './nrrd-header.ts'

/** A label of a 3D Slicer segmentation with the name it was given there. */
export interface Segment {
  readonly name: string
  readonly label: number
}

/**
 * The segments that 3D Slicer names in the header of a `.seg.nrrd`, by the keys `SegmentN_Name` and `SegmentN_LabelValue`;
 * none where a segment has no number, as in files of Slicer 4.10 and older.
 * @throws InputError if it is not an NRRD, or gives a segment a number that is none or two that differ
 */
export function decodeSegments(bytes: Uint8Array, source: string): readonly Segment[] {
  const segments = new Map<string, { name?: string; label?: number }>()
  for (const [key, value] of parseNrrdHeader(bytes, source).keys) {
    const match = /^Segment(\d+)_(Name|LabelValue)$/.exec(key.trim())
    if (match === null) continue
    const number = match[1] as string
    const segment = segments.get(number) ?? {}
    segments.set(number, segment)
    const [property, given] =
      match[2] === 'Name' ? (['name', value.trim()] as const) : (['label', label(value)] as const)
    if (segment[property] !== undefined && segment[property] !== given) {
      throw new InputError(
        source,
        `its header gives ${key.trim()} more than once, with different values; save it again`
      )
    }
    Object.assign(segment, { [property]: given })
  }
  const whole = [...segments.values()].flatMap(({ name, label }) =>
    name === undefined || label === undefined ? [] : [{ name, label }]
  )
  return whole.length === segments.size ? whole : []

  function label(text: string): number {
    const number = decimalOf(text.trim())
    if (number !== undefined && Number.isInteger(number) && number >= 0 && number <= 255) return number
    throw new InputError(source, `gives a segment the label value ${text.trim()}, which is no number from 0 to 255`)
  }
}
