import type { Vector3 } from '../math/vector.ts'
import { boxBetween, cropVoxels, enlargedBox, forEachRow } from './box.ts'
import { maskBounds } from './mask-bounds.ts'

/** SD (voxels) below which a blur changes nothing worth the time. */
const least = 0.05

/**
 * Gaussian blur of an array of `size`, the border repeated outwards; always an array of its own.
 * @param sd along i, j, k in voxels; an axis below 0.05 is left alone
 */
export function smooth(data: Float32Array, size: Vector3, sd: Vector3): Float32Array {
  if (sd.every((one) => one < least)) return data.slice()
  // Most of a mask is zeros, which a blur does not change.
  const bounds = maskBounds(data, size)
  if (bounds === undefined) return data.slice()
  const box = enlargedBox(boxBetween(bounds), Math.max(...sd.map(radiusOf)), size)
  if (box.size.every((count, axis) => count === size[axis])) return smoothAll(data, size, sd)
  const smoothed = smoothAll(cropVoxels(data, size, box), box.size, sd)
  const result = new Float32Array(data.length)
  forEachRow(size, box, (to, _j, _k, from) => result.set(smoothed.subarray(from, from + box.size[0]), to))
  return result
}

function smoothAll(data: Float32Array, size: Vector3, sd: Vector3): Float32Array {
  const [nx, ny, nz] = size
  const along: readonly RowLines[] = [
    { count: ny, step: 1 },
    { count: nz, step: ny }
  ]
  let result = sd[0] >= least ? smoothRows(data, gaussianKernel(sd[0]), nx) : data
  for (const axis of [1, 2] as const) {
    if (sd[axis] >= least) result = smoothAcross(result, gaussianKernel(sd[axis]), nx, along[axis - 1] as RowLines)
  }
  return result
}

/** Unsharp masking: what a blur of `sd` voxels takes away is added, `strength` times. */
export function sharpen(data: Float32Array, size: Vector3, sd: Vector3, strength: number): Float32Array {
  const soft = smooth(data, size, sd)
  return data.map((value, at) => value + strength * (value - (soft[at] as number)))
}

function radiusOf(sd: number): number {
  return Math.ceil(2.5 * sd)
}

/** Weights of sum 1 at −radius … radius, cut at two and a half SD. */
function gaussianKernel(sd: number): Float64Array {
  const radius = radiusOf(sd)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-0.5 * ((at - radius) / sd) ** 2))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** 1 for rows of zeros, as in most of a mask, which a blur does not change. */
function emptyRows(data: Float32Array, length: number): Uint8Array {
  return new Uint8Array(data.length / length).map((_, row) => {
    const end = (row + 1) * length
    for (let at = row * length; at < end; at++) if (data[at] !== 0) return 0
    return 1
  })
}

/** One pass of a separable filter along rows of `length` elements. */
function smoothRows(data: Float32Array, kernel: Float64Array, length: number): Float32Array {
  const result = new Float32Array(data.length)
  const radius = (kernel.length - 1) / 2
  const padded = new Float32Array(length + 2 * radius)
  const sums = new Float64Array(length)
  const starts = Int32Array.from(kernel, (_, tap) => tap)
  const isEmpty = emptyRows(data, length)
  for (let row = 0; row < isEmpty.length; row++) {
    if (isEmpty[row] === 1) continue
    const at = row * length
    padded.fill(data[at] as number, 0, radius)
    padded.set(data.subarray(at, at + length), radius)
    padded.fill(data[at + length - 1] as number, radius + length)
    weightedSums(padded, kernel, starts, sums)
    result.set(sums, at)
  }
  return result
}

/** How rows lie along an axis: `count` of them in a line, `step` rows from one to the next. */
interface RowLines {
  readonly count: number
  readonly step: number
}

/** Elements of a row that are filtered side by side: so few that all that a kernel reaches stays in the cache. */
const run = 512

/** One pass of a separable filter across rows of `length` elements. */
function smoothAcross(
  data: Float32Array,
  kernel: Float64Array,
  length: number,
  { count, step }: RowLines
): Float32Array {
  const result = new Float32Array(data.length)
  const isEmpty = emptyRows(data, length)
  const radius = (kernel.length - 1) / 2
  const starts = new Int32Array(kernel.length)
  /** Filters a run of elements of every row of a line. */
  const smoothRun = (firstRow: number, from: number, sums: Float64Array): void => {
    for (let row = 0; row < count; row++) {
      const [low, high] = [Math.max(0, row - radius), Math.min(count - 1, row + radius)]
      let near = low
      while (near <= high && isEmpty[firstRow + near * step] === 1) near++
      if (near > high) continue
      for (let tap = 0; tap < starts.length; tap++) {
        const other = Math.max(0, Math.min(row + tap - radius, count - 1))
        starts[tap] = (firstRow + other * step) * length + from
      }
      weightedSums(data, kernel, starts, sums)
      result.set(sums, starts[radius])
    }
  }
  const sums = new Float64Array(Math.min(run, length))
  for (let block = 0; block < isEmpty.length; block += count * step) {
    for (let firstRow = block; firstRow < block + step; firstRow++) {
      for (let from = 0; from < length; from += run) {
        smoothRun(firstRow, from, sums.subarray(0, Math.min(run, length - from)))
      }
    }
  }
  return result
}

/** Sums over the taps of a symmetric kernel, side by side. @param starts where in `data` the first value lies that each tap weights */
function weightedSums(data: Float32Array, kernel: Float64Array, starts: Int32Array, sums: Float64Array): void {
  const radius = (kernel.length - 1) / 2
  const middle = kernel[radius] as number
  const at = starts[radius] as number
  for (let n = 0; n < sums.length; n++) sums[n] = middle * (data[at + n] as number)
  let tap = 1
  // Two pairs at once, so that the sums are read and written half as often.
  for (; tap < radius; tap += 2) {
    const weight = kernel[radius + tap] as number
    const next = kernel[radius + tap + 1] as number
    const before = starts[radius - tap] as number
    const after = starts[radius + tap] as number
    const further = starts[radius - tap - 1] as number
    const furthest = starts[radius + tap + 1] as number
    for (let n = 0; n < sums.length; n++) {
      const sum = (sums[n] as number) + weight * ((data[before + n] as number) + (data[after + n] as number))
      sums[n] = sum + next * ((data[further + n] as number) + (data[furthest + n] as number))
    }
  }
  if (tap > radius) return
  const weight = kernel[radius + tap] as number
  const before = starts[radius - tap] as number
  const after = starts[radius + tap] as number
  for (let n = 0; n < sums.length; n++) {
    sums[n] = (sums[n] as number) + weight * ((data[before + n] as number) + (data[after + n] as number))
  }
}
