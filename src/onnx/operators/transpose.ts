import type { Graph, Value } from '../graph.ts'
import { dimension } from '../shape.ts'

/** Reorders dimensions: dimension n of the result is dimension `order[n]` of the operand. */
export function transpose(graph: Graph, value: Value, order: readonly number[]): Value {
  return graph.apply({
    type: 'Transpose',
    inputs: [value],
    attributes: { perm: order },
    shape: order.map((axis) => dimension(value.shape, axis)),
    gradient: (upstream) => [
      transpose(
        graph,
        upstream,
        order.map((_, axis) => order.indexOf(axis))
      )
    ]
  })
}
