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
  for (const [row, isEmpty] of emptyRows(data, length).entries()) {
    if (isEmpty === 0) smoothRow(data, kernel, length, row * length, result)
  }
  return result
}

function smoothRow(data: Float32Array, kernel: Float64Array, size: number, row: number, result: Float32Array): void {
  const radius = (kernel.length - 1) / 2
  for (let place = 0; place < size; place++) {
    let sum = (kernel[radius] as number) * (data[row + place] as number)
    const isNearBorder = place < radius || place >= size - radius
    for (let tap = 1; tap <= radius; tap++) {
      const before = isNearBorder ? Math.max(0, place - tap) : place - tap
      const after = isNearBorder ? Math.min(size - 1, place + tap) : place + tap
      sum += (kernel[radius + tap] as number) * ((data[row + before] as number) + (data[row + after] as number))
    }
    result[row + place] = sum
  }
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
  const middle = kernel[radius] as number
  /** Filters a run of elements of every row of a line. */
  const smoothRun = (firstRow: number, from: number, sums: Float64Array): void => {
    const start = (row: number): number => (firstRow + row * step) * length + from
    for (let row = 0; row < count; row++) {
      const [low, high] = [Math.max(0, row - radius), Math.min(count - 1, row + radius)]
      let near = low
      while (near <= high && isEmpty[firstRow + near * step] === 1) near++
      if (near > high) continue
      const at = start(row)
      for (let n = 0; n < sums.length; n++) sums[n] = middle * (data[at + n] as number)
      for (let tap = 1; tap <= radius; tap++) {
        const weight = kernel[radius + tap] as number
        const before = start(Math.max(0, row - tap))
        const after = start(Math.min(count - 1, row + tap))
        for (let n = 0; n < sums.length; n++) {
          sums[n] = (sums[n] as number) + weight * ((data[before + n] as number) + (data[after + n] as number))
        }
      }
      result.set(sums, at)
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
