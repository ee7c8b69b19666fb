import type { Graph, Value } from '../graph.ts'
import { broadcastShape } from '../shape.ts'
import { divide, multiply, negate, scaled, subtract } from './arithmetic.ts'

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

/** Elementwise 1 / (1 + e⁻ˣ); dσ = σ (1 − σ) dx. */
export function sigmoid(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Sigmoid',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [
      multiply(graph, upstream, multiply(graph, result, subtract(graph, graph.scalar(1), result)))
    ]
  })
  return result
}

/** Elementwise hyperbolic tangent; d tanh = (1 − tanh²) dx. */
export function hyperbolicTangent(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Tanh',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [
      multiply(graph, upstream, subtract(graph, graph.scalar(1), multiply(graph, result, result)))
    ]
  })
  return result
}

/** Elementwise log(1 + eˣ), safe for any x; its derivative is the sigmoid. */
export function softplus(graph: Graph, value: Value): Value {
  return graph.apply({
    type: 'Softplus',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [multiply(graph, upstream, sigmoid(graph, value))]
  })
}

/** Elementwise Gauss error function; d erf = 2/√π · e^(−x²) dx. */
export function errorFunction(graph: Graph, value: Value): Value {
  return graph.apply({
    type: 'Erf',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => {
      const bell = exponential(graph, negate(graph, multiply(graph, value, value)))
      return [multiply(graph, upstream, scaled(graph, bell, 2 / Math.sqrt(Math.PI)))]
    }
  })
}
