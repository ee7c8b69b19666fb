import type { Graph, Value } from '../graph.ts'
import { broadcastShape } from '../shape.ts'
import { divide, multiply, scaled } from './arithmetic.ts'

/** Elementwise square root; d√x = dx / (2√x). */
export function squareRoot(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Sqrt',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [divide(graph, scaled(graph, upstream, 0.5), result)]
  })
  return result
}

/** Elementwise eˣ. */
export function exponential(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Exp',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [multiply(graph, upstream, result)]
  })
  return result
}

/** Elementwise natural logarithm. */
export function logarithm(graph: Graph, value: Value): Value {
  return graph.apply({
    type: 'Log',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [divide(graph, upstream, value)]
  })
}

/** The smaller of two tensors, elementwise and broadcast; not differentiated. */
export function minimum(graph: Graph, a: Value, b: Value): Value {
  return graph.apply({ type: 'Min', inputs: [a, b], shape: broadcastShape(a.shape, b.shape) })
}

/** The larger of two tensors, elementwise and broadcast; not differentiated. */
export function maximum(graph: Graph, a: Value, b: Value): Value {
  return graph.apply({ type: 'Max', inputs: [a, b], shape: broadcastShape(a.shape, b.shape) })
}
