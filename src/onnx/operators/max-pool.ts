import type { Graph, Value } from '../graph.ts'
import { divide, multiply } from './arithmetic.ts'
import { equal } from './equal.ts'
import { sumBlocks, upsample } from './resample.ts'

/**
 * Maxima of 2 × 2 × 2 blocks of [N, C, D, H, W]; D, H and W are even. The gradient goes to a block's maximum, in equal
 * shares where several elements reach it (as in air, which the intensity window makes constant).
 */
export function maxPool(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'MaxPool',
    inputs: [value],
    attributes: { kernel_shape: [2, 2, 2], strides: [2, 2, 2] },
    shape: value.shape.map((n, axis) => (axis < 2 ? n : halved(n))),
    gradient: (upstream) => {
      const isMaximum = equal(graph, value, upsample(graph, result))
      const share = divide(graph, upstream, sumBlocks(graph, isMaximum))
      return [multiply(graph, isMaximum, upsample(graph, share))]
    }
  })
  return result
}

function halved(n: number): number {
  if (n % 2 !== 0) throw new RangeError(`a grid of ${n} voxels along an axis cannot be halved`)
  return n / 2
}
