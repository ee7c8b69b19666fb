import { landmarkKinds, parts } from '../../core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld, voxelCount } from '../../core/geometry/geometry.ts'
import type { Landmark } from '../../core/landmark.ts'

/** One-hot labels, classes first: [background, cochlea, vestibule, canals] × [D, H, W]. */
export function oneHot(labels: Uint8Array): Float32Array {
  const result = new Float32Array((parts.length + 1) * labels.length)
  for (let at = 0; at < labels.length; at++) result[(labels[at] as number) * labels.length + at] = 1
  return result
}

/**
 * One heatmap per landmark kind ([3, D, H, W]): a Gaussian of unit peak and `sigma` mm at the landmark, of each ear in
 * view. It is all zero when the landmark is undefined or lies more than 2 sigma outside the grid, where too little of it
 * could be seen.
 */
export function heatmaps(geometry: Geometry, landmarks: readonly Landmark[], sigma: number): Float32Array {
  const count = voxelCount(geometry)
  const result = new Float32Array(landmarkKinds.length * count)
  const toIndex = indexFromWorld(geometry)
  landmarkKinds.forEach(({ id }, kind) => {
    for (const landmark of landmarks) {
      if (landmark.id !== id || landmark.status !== 'defined') continue
      const peak = applyAffine(toIndex, landmark.position)
      const near = peak.every((at, axis) => {
        const margin = 0.5 + (2 * sigma) / (geometry.spacing[axis] as number)
        return at >= -margin && at <= (geometry.size[axis] as number) - 1 + margin
      })
      if (near) addGaussian(result.subarray(kind * count, (kind + 1) * count), geometry, peak, sigma)
    }
  })
  return result
}

/** The Gaussian is a product of three one-dimensional ones, since the grid's axes are perpendicular. */
function addGaussian(target: Float32Array, geometry: Geometry, peak: readonly number[], sigma: number): void {
  const [x, y, z] = geometry.size.map((size, axis) => {
    const voxelsToSigma = (geometry.spacing[axis] as number) / sigma
    return Float64Array.from({ length: size }, (_, at) =>
      Math.exp(-0.5 * ((at - (peak[axis] as number)) * voxelsToSigma) ** 2)
    )
  }) as [Float64Array, Float64Array, Float64Array]
  let out = 0
  for (const along of z) {
    for (const across of y) {
      const line = along * across
      for (const value of x) target[out] = (target[out++] as number) + line * value
    }
  }
}
