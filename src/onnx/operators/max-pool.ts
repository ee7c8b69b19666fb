import type { Graph, Value } from '../graph.ts'
import { divide, multiply } from './arithmetic.ts'
import { equal } from './comparison.ts'
import { pooledShape } from './pooled-shape.ts'
import { type PerAxis, sumBlocks, upsample } from './resample.ts'

/**
 * Maxima of blocks of [N, C, D, H, W], 2 × 2 × 2 unless other edges are given; D, H and W are multiples of them. The
 * gradient goes to a block's maximum, in equal shares where several elements reach it (as in air, which the intensity
 * window makes constant).
 */
export function maxPool(graph: Graph, value: Value, edges: PerAxis = [2, 2, 2]): Value {
  const result: Value = graph.apply({
    type: 'MaxPool',
    inputs: [value],
    attributes: { kernel_shape: edges, strides: edges },
    shape: pooledShape(value.shape, edges),
    gradient: (upstream) => {
      const isMaximum = equal(graph, value, upsample(graph, result, 'nearest', edges))
      const share = divide(graph, upstream, sumBlocks(graph, isMaximum, edges))
      return [multiply(graph, isMaximum, upsample(graph, share, 'nearest', edges))]
    }
  })
  return result
}
