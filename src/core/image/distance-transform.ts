import type { Vector3 } from '../math/vector.ts'

/**
 * Distance from each voxel's centre to the nearest voxel of a mask, exact: 0 inside it, Infinity when it is empty.
 * Felzenszwalb & Huttenlocher 2012: along each axis the lower envelope of the parabolas that stand on the voxels.
 * @param mask voxels that are not 0
 * @param spacing voxel edges; the distances are in the same unit
 */
export function distanceTransform(mask: Uint8Array, size: Vector3, spacing: Vector3): Float64Array {
  const squares = new Float64Array(mask.length)
  for (let at = 0; at < mask.length; at++) if (mask[at] === 0) squares[at] = Number.POSITIVE_INFINITY
  const strides: Vector3 = [1, size[0], size[0] * size[1]]
  for (const axis of [0, 1, 2] as const) {
    const [length, stride, step] = [size[axis], strides[axis], spacing[axis] ** 2]
    const line = createLine(length, step)
    for (let block = 0; block < squares.length; block += length * stride) {
      for (let start = block; start < block + stride; start++) line(squares, start, stride)
    }
  }
  for (let at = 0; at < squares.length; at++) squares[at] = Math.sqrt(squares[at] as number)
  return squares
}

/** A function that replaces the values f along one line of voxels by min over q of (p − q)² · step + f(q). */
function createLine(length: number, step: number): (values: Float64Array, start: number, stride: number) => void {
  const heights = new Float64Array(length)
  /** Voxels whose parabolas form the envelope, and from where on each of them is the lowest. */
  const roots = new Int32Array(length)
  const from = new Float64Array(length)

  return (values, start, stride) => {
    let last = -1
    let greatest = 0
    for (let q = 0; q < length; q++) {
      const height = values[start + q * stride] as number
      heights[q] = height
      greatest = Math.max(greatest, height)
      if (height === Number.POSITIVE_INFINITY) continue
      let meet = Number.NEGATIVE_INFINITY
      for (; last >= 0; last--) {
        const root = roots[last] as number
        meet = (height - (heights[root] as number)) / (2 * step * (q - root)) + (q + root) / 2
        if (meet > (from[last] as number)) break
        meet = Number.NEGATIVE_INFINITY
      }
      last++
      roots[last] = q
      from[last] = meet
    }
    if (last < 0 || greatest === 0) return
    let at = 0
    for (let p = 0; p < length; p++) {
      while (at < last && (from[at + 1] as number) < p) at++
      const root = roots[at] as number
      values[start + p * stride] = (p - root) ** 2 * step + (heights[root] as number)
    }
  }
}
