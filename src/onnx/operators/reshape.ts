import type { Graph, Value } from '../graph.ts'
import { elementCount, type Shape, sameShape } from '../shape.ts'

/** The same numbers in memory order under another shape. */
export function reshape(graph: Graph, value: Value, shape: Shape): Value {
  if (elementCount(value.shape) !== elementCount(shape)) {
    throw new RangeError(`[${value.shape.join(', ')}] cannot be reshaped to [${shape.join(', ')}]`)
  }
  if (sameShape(value.shape, shape)) return value
  return graph.apply({
    type: 'Reshape',
    inputs: [value, graph.integers(shape)],
    shape,
    gradient: (upstream) => [reshape(graph, upstream, value.shape), undefined]
  })
}
