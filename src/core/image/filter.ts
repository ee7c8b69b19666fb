import type { Vector3 } from '../math/vector.ts'

/**
 * Gaussian blur of an array of `size`, the border repeated outwards.
 * @param sd along i, j, k in voxels; an axis below 0.05 is left alone
 */
export function smooth(data: Float32Array, size: Vector3, sd: Vector3): Float32Array {
  const stride = [1, size[0], size[0] * size[1]] as const
  let result = data
  for (const axis of [0, 1, 2] as const) {
    if (sd[axis] >= 0.05) result = smoothAxis(result, gaussianKernel(sd[axis]), size[axis], stride[axis])
  }
  return result
}

/** Unsharp masking: what a blur of `sd` voxels takes away is added, `strength` times. */
export function sharpen(data: Float32Array, size: Vector3, sd: Vector3, strength: number): Float32Array {
  const soft = smooth(data, size, sd)
  return data.map((value, at) => value + strength * (value - (soft[at] as number)))
}

/** Weights of sum 1 at −radius … radius, cut at two and a half SD. */
function gaussianKernel(sd: number): Float64Array {
  const radius = Math.ceil(2.5 * sd)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-0.5 * ((at - radius) / sd) ** 2))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** One pass of a separable filter over the axis whose `size` elements lie `stride` apart. */
function smoothAxis(data: Float32Array, kernel: Float64Array, size: number, stride: number): Float32Array {
  const result = new Float32Array(data.length)
  for (let block = 0; block < data.length; block += size * stride) {
    if (stride === 1) smoothRow(data, kernel, size, block, result)
    // Short runs, so that all that a kernel reaches stays in the cache.
    else for (let at = 0; at < stride; at += run) smoothRuns(data, kernel, size, stride, block, at, result)
  }
  return result
}

/** Elements of a run that are filtered side by side. */
const run = 512

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

function smoothRuns(
  data: Float32Array,
  kernel: Float64Array,
  size: number,
  stride: number,
  block: number,
  from: number,
  result: Float32Array
): void {
  const radius = (kernel.length - 1) / 2
  const length = Math.min(run, stride - from)
  const sums = new Float64Array(length)
  for (let place = 0; place < size; place++) {
    const at = block + place * stride + from
    const middle = kernel[radius] as number
    for (let n = 0; n < length; n++) sums[n] = middle * (data[at + n] as number)
    for (let tap = 1; tap <= radius; tap++) {
      const weight = kernel[radius + tap] as number
      const before = at + (Math.max(0, place - tap) - place) * stride
      const after = at + (Math.min(size - 1, place + tap) - place) * stride
      for (let n = 0; n < length; n++) {
        sums[n] = (sums[n] as number) + weight * ((data[before + n] as number) + (data[after + n] as number))
      }
    }
    result.set(sums, at)
  }
}
