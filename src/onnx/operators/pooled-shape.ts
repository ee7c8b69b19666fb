import type { Shape } from '../shape.ts'
import type { PerAxis } from './resample.ts'

/**
 * The shape of [N, C, D, H, W] after each block became one element.
 * @throws RangeError if a dimension is no multiple of its block's edge
 */
export function pooledShape(shape: Shape, edges: PerAxis): Shape {
  return shape.map((n, axis) => {
    const edge = edges[axis - 2] ?? 1
    if (n % edge !== 0)
      throw new RangeError(`a grid of ${n} voxels along an axis does not divide into blocks of ${edge}`)
    return n / edge
  })
}
