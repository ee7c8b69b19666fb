import type { Vector3 } from './vector.ts'

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
  const radius = (kernel.length - 1) / 2
  for (let place = 0; place < size; place++) {
    const from = place * stride
    for (let tap = -radius; tap <= radius; tap++) {
      const weight = kernel[tap + radius] as number
      const shift = (Math.max(0, Math.min(size - 1, place + tap)) - place) * stride
      for (let block = from; block < data.length; block += size * stride) {
        for (let at = block; at < block + stride; at++) {
          result[at] = (result[at] as number) + weight * (data[at + shift] as number)
        }
      }
    }
  }
  return result
}
