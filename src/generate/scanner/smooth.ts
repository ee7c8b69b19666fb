import type { Vector3 } from '../../core/vector.ts'

/**
 * Separable Gaussian smoothing in place, the border value continued outside.
 * @param sigma SD along i, j, k in voxels; an axis below 0.15 is left alone
 */
export function smooth(data: Float32Array, size: Vector3, sigma: Vector3): void {
  const stride = [1, size[0], size[0] * size[1]] as const
  for (const axis of [0, 1, 2] as const) {
    if (sigma[axis] < 0.15 || size[axis] < 2) continue
    smoothAxis(data, size, axis, stride[axis], gaussianKernel(sigma[axis]))
  }
}

/** Half of a normalized kernel: weights at 0, 1, 2, … voxels. */
function gaussianKernel(sigma: number): number[] {
  const weights = Array.from({ length: Math.ceil(2.5 * sigma) + 1 }, (_, n) => Math.exp((-n * n) / (2 * sigma * sigma)))
  const total = weights.reduce((sum, w, n) => sum + (n === 0 ? w : 2 * w), 0)
  return weights.map((w) => w / total)
}

function smoothAxis(
  data: Float32Array,
  size: Vector3,
  axis: 0 | 1 | 2,
  stride: number,
  kernel: readonly number[]
): void {
  const length = size[axis]
  const radius = kernel.length - 1
  const line = new Float32Array(length + 2 * radius)
  const [across, along] = axis === 0 ? ([1, 2] as const) : axis === 1 ? ([0, 2] as const) : ([0, 1] as const)
  const strides = [1, size[0], size[0] * size[1]] as const
  for (let b = 0; b < size[along]; b++) {
    for (let a = 0; a < size[across]; a++) {
      const start = a * strides[across] + b * strides[along]
      for (let n = -radius; n < length + radius; n++) {
        const inside = Math.max(0, Math.min(length - 1, n))
        line[n + radius] = data[start + inside * stride] as number
      }
      for (let n = 0; n < length; n++) {
        const center = n + radius
        let sum = (kernel[0] as number) * (line[center] as number)
        for (let k = 1; k <= radius; k++) {
          sum += (kernel[k] as number) * ((line[center - k] as number) + (line[center + k] as number))
        }
        data[start + n * stride] = sum
      }
    }
  }
}
