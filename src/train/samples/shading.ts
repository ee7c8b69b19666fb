import { createGeometry } from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import type { Random } from '../../core/math/random.ts'
import { identity3, type Vector3 } from '../../core/math/vector.ts'

/** A field that changes over about a third of the grid: 4 × 4 × 4 normal values of the given SD, linear in between. */
export function slowField(size: Vector3, sd: number, random: Random): Float32Array {
  const nodes = Float32Array.from({ length: 64 }, () => random.normal(0, sd))
  const coarse = createGeometry({
    size: [4, 4, 4],
    spacing: [size[0] / 3, size[1] / 3, size[2] / 3],
    origin: [0, 0, 0],
    direction: identity3
  })
  const fine = createGeometry({ ...coarse, size, spacing: [1, 1, 1] })
  return resample({ geometry: coarse, data: nodes }, fine, 0).data
}
