import type { Graph, Value } from '../../onnx/graph.ts'
import { add, divide, multiply } from '../../onnx/operators/arithmetic.ts'
import { minimum, squareRoot } from '../../onnx/operators/functions.ts'
import { reduceSumSquare } from '../../onnx/operators/reduce.ts'

/** The Euclidean norm of a row of numbers, [1]. */
export function euclideanNorm(graph: Graph, gradient: Value): Value {
  return squareRoot(graph, reduceSumSquare(graph, gradient, [0]))
}

/** The gradient, scaled down where its norm is above the limit (Pascanu et al. 2013). */
export function clipped(graph: Graph, gradient: Value, norm: Value, limit: number): Value {
  const one = graph.constant([1], [1])
  const factor = minimum(graph, divide(graph, graph.constant([1], [limit]), add(graph, norm, graph.scalar(1e-6))), one)
  return multiply(graph, gradient, factor)
}
