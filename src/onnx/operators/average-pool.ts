import type { Graph, Value } from '../graph.ts'
import { scaled } from './arithmetic.ts'
import { pooledShape } from './pooled-shape.ts'
import { type PerAxis, upsample } from './resample.ts'

/** Means of blocks of [N, C, D, H, W], 2 × 2 × 2 unless other edges are given; D, H and W are multiples of them. */
export function averagePool(graph: Graph, value: Value, edges: PerAxis = [2, 2, 2]): Value {
  const voxels = edges[0] * edges[1] * edges[2]
  return graph.apply({
    type: 'AveragePool',
    inputs: [value],
    attributes: { kernel_shape: edges, strides: edges },
    shape: pooledShape(value.shape, edges),
    gradient: (upstream) => [upsample(graph, scaled(graph, upstream, 1 / voxels), 'nearest', edges)]
  })
}
