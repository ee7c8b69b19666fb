import type { Scan } from '../../core/volume.ts'

/** Fewest points along an edge of a slice that are compared; a smaller slice is compared voxel by voxel. */
const pointsPerEdge = 48

/** Slices (the third axis) on a coarse grid of points, on which they are compared at little cost. */
export interface SlicePoints {
  /** Of each slice, its values at the same points. */
  readonly points: readonly Float32Array[]
  /** Of each slice but the last, its distance from the next one. */
  readonly steps: readonly number[]
}

export function slicePoints({ geometry, data }: Scan): SlicePoints {
  const [columns, rows, count] = geometry.size
  const [across, down] = [columns, rows].map((edge) => Math.max(1, Math.floor(edge / pointsPerEdge))) as [
    number,
    number
  ]
  const places: number[] = []
  for (let j = down >> 1; j < rows; j += down) {
    for (let i = across >> 1; i < columns; i += across) places.push(j * columns + i)
  }
  const points = Array.from({ length: count }, (_, k) => {
    const slice = new Float32Array(places.length)
    for (let n = 0; n < slice.length; n++) slice[n] = data[k * columns * rows + (places[n] as number)] as number
    return slice
  })
  return { points, steps: points.slice(1).map((next, k) => distance(points[k] as Float32Array, next)) }
}

/** Mean absolute difference of two slices. */
export function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let n = 0; n < a.length; n++) sum += Math.abs((a[n] as number) - (b[n] as number))
  return sum / a.length
}

/** Covariance of two slices over their points; exactly 0 where one is constant. */
export function covariance(a: Float32Array, b: Float32Array): number {
  let [sumA, sumB, sumAB] = [0, 0, 0]
  for (let n = 0; n < a.length; n++) {
    const [x, y] = [(a[n] as number) - (a[0] as number), (b[n] as number) - (b[0] as number)]
    sumA += x
    sumB += y
    sumAB += x * y
  }
  return sumAB / a.length - (sumA / a.length) * (sumB / a.length)
}

/** Correlation of two slices over their points; NaN where one is constant. */
export function correlation(a: Float32Array, b: Float32Array): number {
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b))
}

/** The largest of the steps with these indices, as far as there are such steps. */
export function largest(steps: readonly number[], ...indices: readonly number[]): number {
  return Math.max(0, ...indices.map((k) => steps[k] ?? 0))
}

/** Whether a slice holds one value only, as of padding or lost data. */
export function isConstant(slice: Float32Array | Scan['data']): boolean {
  const first = slice[0]
  return slice.every((value: number) => value === first)
}
