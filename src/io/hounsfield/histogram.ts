import type { Scan } from '../../core/volume.ts'

/** How often values occur, in classes of `width`; the first begins at `low`, values beyond either end are in the end ones. */
export interface Histogram {
  readonly low: number
  readonly width: number
  readonly counts: Float64Array
  readonly total: number
}

/** Range of the histogram: that of 12-bit CT and of extended scales; a bin is narrower than any peak. */
const range = { low: -4096, high: 12288, width: 16 }

/** If at least this share of the voxels has exactly the lowest value, that is padding, or the value at which the scale is cut off. */
const minSpike = 0.003

/** Such a spike is padding if the bins just above it hold less than this share of its voxels. */
const minNeighbours = 0.02

/** How many bins above a spike count as its neighbours. */
const neighbourhood = 8

/** A scan's values without its padding. */
export interface Greys {
  readonly histogram: Histogram
  /** The lowest value where many voxels hold exactly it, because values below were cut off. */
  readonly cutOff: number | undefined
  /** The highest value of those that were looked at, and how many of them have it. */
  readonly highest: number
  readonly atHighest: number
  readonly looked: number
}

/** About how many voxels are counted; of a larger scan every third, fifth, … (odd, because rows often have an even length). */
const maxLooked = 8e6

/** The histogram of a scan. Padding, many voxels of exactly the lowest value with none close above, does not count. */
export function greysOf({ data }: Scan): Greys {
  const { low, high, width } = range
  const counts = new Float64Array((high - low) / width)
  const last = counts.length - 1
  const classOf = (value: number): number => Math.max(0, Math.min(last, Math.floor((value - low) / width)))
  let [lowest, atLowest, highest, atHighest] = [Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, 0]
  const step = 2 * Math.floor(data.length / (2 * maxLooked)) + 1
  for (let n = 0; n < data.length; n += step) {
    const value = data[n] as number
    const at = classOf(value)
    counts[at] = (counts[at] as number) + 1
    if (value < lowest) [lowest, atLowest] = [value, 0]
    if (value === lowest) atLowest++
    if (value > highest) [highest, atHighest] = [value, 0]
    if (value === highest) atHighest++
  }
  const total = Math.ceil(data.length / step)
  const histogram = { low, width, counts, total }
  const top = { highest, atHighest, looked: total }
  if (atLowest < minSpike * total) return { histogram, cutOff: undefined, ...top }
  const spike = classOf(lowest)
  counts[spike] = (counts[spike] as number) - atLowest
  const beside = counts.subarray(spike, spike + neighbourhood).reduce((sum, count) => sum + count, 0)
  if (beside < minNeighbours * atLowest) {
    return { histogram: { ...histogram, total: total - atLowest }, cutOff: undefined, ...top }
  }
  counts[spike] = (counts[spike] as number) + atLowest
  return { histogram, cutOff: lowest, ...top }
}

/** The value below which a share of the voxels lies. */
export function valueAtShare({ low, width, counts, total }: Histogram, share: number): number {
  let sum = 0
  const at = counts.findIndex((count) => {
    sum += count
    return sum >= share * total && sum > 0
  })
  return low + (at + 0.5) * width
}

/** Share of the voxels below a value. */
export function shareBelow({ low, width, counts, total }: Histogram, value: number): number {
  return (
    counts.subarray(0, Math.max(0, Math.round((value - low) / width))).reduce((sum, count) => sum + count, 0) / total
  )
}

/** A local maximum of a histogram. */
export interface HistogramPeak {
  readonly value: number
  /** Share of the voxels within 100 of it. */
  readonly share: number
}

/** How far (classes) a peak must be the highest, and over which its share counts. */
const peakReach = 6

/** The peaks of a histogram smoothed with binomial weights, lowest value first. */
export function peaksOf({ low, width, counts, total }: Histogram): HistogramPeak[] {
  let smooth = Array.from(counts)
  for (let pass = 0; pass < 4; pass++) {
    smooth = smooth.map((count, at) => count / 2 + ((smooth[at - 1] ?? 0) + (smooth[at + 1] ?? 0)) / 4)
  }
  const peaks: HistogramPeak[] = []
  for (const [at, count] of smooth.entries()) {
    const [from, to] = [Math.max(0, at - peakReach), at + peakReach + 1]
    if (count === 0 || smooth.slice(from, to).some((other, n) => (from + n < at ? other >= count : other > count)))
      continue
    const share = counts.subarray(from, to).reduce((sum, each) => sum + each, 0) / total
    peaks.push({ value: low + (at + 0.5) * width, share })
  }
  return peaks
}
