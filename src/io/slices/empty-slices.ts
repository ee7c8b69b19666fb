import type { Scan } from '../../core/volume.ts'
import { sliceNames } from './slice-names.ts'
import { isConstant } from './slice-points.ts'

/**
 * A note on slices of one value between others: their data was lost, as in a transfer, and an ear there would be measured
 * wrong. At either end such slices are padding. Undefined where there is none.
 */
export function emptySlicesNote({ geometry, data }: Scan): string | undefined {
  const [columns, rows, count] = geometry.size
  const plane = columns * rows
  const isEmpty = Array.from({ length: count }, (_, k) => isConstant(data.subarray(k * plane, (k + 1) * plane)))
  const [from, to] = [isEmpty.indexOf(false), isEmpty.lastIndexOf(false)]
  const empty = isEmpty.flatMap((is, k) => (is && k > from && k < to ? [k] : []))
  if (empty.length === 0) return undefined
  return (
    `${sliceNames(empty, count)} ${empty.length === 1 ? 'holds' : 'hold'} one value only: image data is ` +
    'missing there, so that an ear near it is outlined and measured wrong; export it again in full'
  )
}
