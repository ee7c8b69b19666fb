import type { Graph, Value } from '../graph.ts'
import { multiply, subtract } from './arithmetic.ts'
import { exponential } from './functions.ts'
import { reduceSum } from './reduce.ts'

/** exp(x) / Σ exp(x) along one axis. dx = y · (dy − Σ y dy). */
export function softmax(graph: Graph, value: Value, axis: number): Value {
  const result: Value = graph.apply({
    type: 'Softmax',
    inputs: [value],
    attributes: { axis },
    shape: value.shape,
    gradient: (upstream) => {
      const weighted = multiply(graph, upstream, result)
      return [subtract(graph, weighted, multiply(graph, result, reduceSum(graph, weighted, [axis])))]
    }
  })
  return result
}

/** x − log Σ exp(x) along one axis. dx = dy − softmax(x) · Σ dy. */
export function logSoftmax(graph: Graph, value: Value, axis: number): Value {
  const result: Value = graph.apply({
    type: 'LogSoftmax',
    inputs: [value],
    attributes: { axis },
    shape: value.shape,
    gradient: (upstream) => [
      subtract(graph, upstream, multiply(graph, exponential(graph, result), reduceSum(graph, upstream, [axis])))
    ]
  })
  return result
}
