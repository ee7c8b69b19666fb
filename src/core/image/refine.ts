import { createGeometry } from '../geometry/geometry.ts'
import type { Vector3 } from '../math/vector.ts'
import type { Volume } from '../volume.ts'

/**
 * The same field on a grid of half the spacing, 2n − 1 voxels for n: the voxels between are interpolated by cubics
 * through four neighbours (Catmull & Rom 1974), so that surfaces through the field have no creases at its voxels.
 */
export function refine({ geometry, data }: Volume): Volume<Float32Array> {
  const size: [number, number, number] = [...geometry.size]
  let values = Float32Array.from(data)
  for (const axis of [0, 1, 2] as const) {
    values = refineAxis(values, size, axis)
    size[axis] = 2 * size[axis] - 1
  }
  const [x, y, z] = geometry.spacing
  return { geometry: createGeometry({ ...geometry, size, spacing: [x / 2, y / 2, z / 2] }), data: values }
}

function refineAxis(data: Float32Array, size: Vector3, axis: 0 | 1 | 2): Float32Array<ArrayBuffer> {
  const count = size[axis]
  const stride = size.slice(0, axis).reduce((product, n) => product * n, 1)
  const fine = 2 * count - 1
  const result = new Float32Array((data.length / count) * fine)
  for (let line = 0; line < data.length / count; line++) {
    const [block, offset] = [Math.floor(line / stride), line % stride]
    const from = block * count * stride + offset
    const to = block * fine * stride + offset
    const value = (n: number): number => data[from + Math.max(0, Math.min(count - 1, n)) * stride] as number
    for (let n = 0; n < count; n++) {
      result[to + 2 * n * stride] = value(n)
      if (n + 1 === count) continue
      result[to + (2 * n + 1) * stride] = (9 * (value(n) + value(n + 1)) - value(n - 1) - value(n + 2)) / 16
    }
  }
  return result
}
