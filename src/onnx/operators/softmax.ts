import type { Graph, Value } from '../graph.ts'
import { subtract } from './arithmetic.ts'
import { exponential, logarithm } from './functions.ts'
import { reduceMax, reduceSum } from './reduce.ts'

/**
 * x − log Σ exp(x) along one axis. Written out, because ONNX Runtime's LogSoftmax turns every other axis but the last
 * around first, which costs four times as much as the arithmetic.
 */
export function logSoftmax(graph: Graph, value: Value, axis: number): Value {
  const shifted = subtract(graph, value, reduceMax(graph, value, [axis]))
  return subtract(graph, shifted, logarithm(graph, reduceSum(graph, exponential(graph, shifted), [axis])))
}

/** exp(x) / Σ exp(x) along one axis; shares its work with a logSoftmax of the same tensor. */
export function softmax(graph: Graph, value: Value, axis: number): Value {
  return exponential(graph, logSoftmax(graph, value, axis))
}
