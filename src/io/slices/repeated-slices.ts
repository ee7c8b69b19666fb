import type { Scan } from '../../core/volume.ts'
import { sliceNames } from './slice-names.ts'
import { isConstant, type SlicePoints } from './slice-points.ts'

/** Fewest repeats that show a rule, as after resampling to the nearest slice. */
const fewestOfRule = 4

/**
 * A note on slices that repeat the one before them voxel by voxel, which noise lets no scanner do: data is missing, and an
 * ear there would be measured wrong. At either end they are padding; all through a scan, at even distances, they come of
 * resampling to the nearest slice. Undefined where there is none.
 */
export function repeatedSlicesNote({ geometry, data }: Scan, { points }: SlicePoints): string | undefined {
  const [columns, rows, count] = geometry.size
  const plane = columns * rows
  const voxels = (k: number) => data.subarray(k * plane, (k + 1) * plane)
  const repeats = points.map(
    (slice, k) => k > 0 && areEqual(slice, points[k - 1]) && areEqual(voxels(k), voxels(k - 1))
  )
  const [from, to] = [repeats.indexOf(false, 1), repeats.lastIndexOf(false)]
  const repeated = repeats.flatMap((is, k) => (is && k > from && k < to ? [k] : []))
  const inner = repeated.filter((k) => !isConstant(voxels(k)))
  if (inner.length === 0 || areEven(inner, count)) return undefined
  return (
    `${sliceNames(inner, count)} ${inner.length === 1 ? 'repeats' : 'repeat'} the slice before voxel by voxel: image data is missing there, ` +
    'so that an ear near it is outlined and measured wrong; export it again in full'
  )
}

/** Whether repeats follow each other at even distances from one end to the other. */
function areEven(repeated: readonly number[], count: number): boolean {
  if (repeated.length < fewestOfRule) return false
  const gaps = repeated.slice(1).map((k, n) => k - (repeated[n] as number))
  const widest = Math.max(...gaps)
  const ends = Math.max((repeated[0] as number) - 1, count - 1 - (repeated.at(-1) as number))
  return widest - Math.min(...gaps) <= 1 && ends <= widest + 1
}

function areEqual(a: Float32Array | Scan['data'], b: Float32Array | Scan['data'] | undefined): boolean {
  return b !== undefined && a.every((value: number, n: number) => value === b[n])
}
