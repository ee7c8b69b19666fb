import { median } from '../../core/math/quantile.ts'
import { sliceNames } from './slice-names.ts'
import { correlation, covariance, distance, isConstant, largest, type SlicePoints } from './slice-points.ts'

/** Most odd slices side by side that are found. */
const longestRun = 3

/**
 * How much farther from the slices on either side odd ones are than these and the next ones are from each other. Slices of
 * noise alone come to 1.0, as do scans, real and generated, at most; a slice of another place in the ear comes to 1.3 to 8.
 */
const muchFarther = 1.35

/** Share of the points that lie farther from both sides than these from each other: noise comes to 0.35, metal in few points to less. */
const manyPoints = 0.42

/** Share of all points that have to do so: in a scan that is cut off at 0 HU, only specks of noise may be left of the air. */
const fewestPoints = 0.1

/**
 * Covariance with the slices on either side, as a multiple of that of these with each other. Streaks of metal and noise, however
 * strong in one slice, leave the picture under them and come to 0.97 to 1.45; slices of another place or scale lie outside.
 */
const samePicture = { from: 0.85, to: 1.8 }

/** Lowest correlation of the slices on either side with each other at which these show a picture: noise alone shows none. */
const alike = 0.3

/**
 * A note on slices that differ from those on either side much more than these do from each other, as after an exchange of
 * slices or of another scale: an ear there would be measured wrong. Undefined where there is none.
 */
export function oddSlicesNote(slices: SlicePoints): string | undefined {
  const count = slices.points.length
  const odd = new Set<number>()
  for (let length = 1; length <= longestRun; length++) {
    for (let from = 1; from + length < count; from++) {
      if (!areOdd(slices, from, from + length - 1)) continue
      for (let k = from; k < from + length; k++) odd.add(k)
    }
  }
  if (odd.size === 0) return undefined
  const one = odd.size === 1
  const found = [...odd].sort((a, b) => a - b)
  return (
    `${sliceNames(found, count)} ${one ? 'differs' : 'differ'} from the slices on either side far more than these from each other, as if of ` +
    `another place, scan or scale: an ear near ${one ? 'it' : 'them'} is outlined and measured wrong; look at ${one ? 'it' : 'them'}, and export the scan again`
  )
}

/** Whether the slices with the indices `from` to `to` are odd together; constant ones have a note of their own. */
function areOdd({ points, steps }: SlicePoints, from: number, to: number): boolean {
  const inside = Array.from({ length: to - from }, (_, n) => from + n)
  const edge = Math.min(steps[from - 1] as number, steps[to] as number)
  const usual = edge / muchFarther
  if (usual <= largest(steps, from - 3, from - 2, ...inside, to + 1, to + 2)) return false
  const sides: Sides = {
    before: points[from - 1] as Float32Array,
    first: points[from] as Float32Array,
    last: points[to] as Float32Array,
    after: points[to + 1] as Float32Array
  }
  if (usual <= distance(sides.before, sides.after) || points.slice(from, to + 1).some(isConstant)) return false
  return differInManyPoints(sides) && (showAnotherPicture(sides) || areOffset(sides, usual))
}

/** The first and last of some slices, and the slices on either side of them. */
interface Sides {
  readonly before: Float32Array
  readonly first: Float32Array
  readonly last: Float32Array
  readonly after: Float32Array
}

function differInManyPoints({ before, first, last, after }: Sides): boolean {
  let [farther, differing] = [0, 0]
  for (let n = 0; n < first.length; n++) {
    const [low, high] = [before[n] as number, after[n] as number]
    const across = Math.abs(low - high)
    const nearer = Math.min(Math.abs((first[n] as number) - low), Math.abs((last[n] as number) - high))
    if (nearer > across) farther++
    if (nearer > 0 || across > 0) differing++
  }
  return farther > manyPoints * differing && farther > fewestPoints * first.length
}

function showAnotherPicture({ before, first, last, after }: Sides): boolean {
  if (!(correlation(before, after) >= alike)) return false
  const ratio = (covariance(first, before) + covariance(last, after)) / 2 / covariance(before, after)
  return ratio < samePicture.from || ratio > samePicture.to
}

function areOffset({ before, first, last, after }: Sides, usual: number): boolean {
  return [
    [first, before],
    [last, after]
  ].every(
    ([slice, side]) =>
      Math.abs(median(Float64Array.from(slice as Float32Array, (value, n) => value - (side?.[n] as number)))) > usual
  )
}
