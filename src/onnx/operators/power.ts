import type { Graph, Value } from '../graph.ts'
import { broadcastShape } from '../shape.ts'
import { relu } from './activation.ts'
import { add, multiply, negate, subtract } from './arithmetic.ts'
import { sumTo } from './expand.ts'

/**
 * Elementwise base^exponent, broadcast, of a base that is not negative, and positive where the exponent is below 1;
 * d b^e = e b^(e − 1) db. The exponent is not differentiated.
 */
export function power(graph: Graph, base: Value, exponent: Value): Value {
  return graph.apply({
    type: 'Pow',
    inputs: [base, exponent],
    shape: broadcastShape(base.shape, exponent.shape),
    gradient: (upstream) => {
      const lower = power(graph, base, subtract(graph, exponent, graph.scalar(1)))
      return [sumTo(graph, multiply(graph, upstream, multiply(graph, exponent, lower)), base.shape), undefined]
    }
  })
}

/** Elementwise |x|; its derivative is −1, 0 or 1. */
export function absolute(graph: Graph, value: Value): Value {
  return add(graph, relu(graph, value), relu(graph, negate(graph, value)))
}
