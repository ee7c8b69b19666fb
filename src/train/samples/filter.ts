import type { Vector3 } from '../../core/vector.ts'

/** Gaussian blur of `sd` voxels along all three axes of an array of `size`; the border is repeated outwards. */
export function smooth(data: Float32Array, size: Vector3, sd: number): Float32Array {
  if (sd < 0.05) return data
  const radius = Math.ceil(2.5 * sd)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-0.5 * ((at - radius) / sd) ** 2))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const kernel = weights.map((weight) => weight / sum)
  const [nx, ny, nz] = size
  const alongX = smoothAxis(data, kernel, nx, 1)
  const alongY = smoothAxis(alongX, kernel, ny, nx)
  return smoothAxis(alongY, kernel, nz, nx * ny)
}

/** Unsharp masking: what a blur of one voxel takes away is added, `strength` times. */
export function sharpen(data: Float32Array, size: Vector3, strength: number): Float32Array {
  const soft = smooth(data, size, 1)
  return data.map((value, at) => value + strength * (value - (soft[at] as number)))
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
