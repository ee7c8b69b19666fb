import type { Graph, Value } from '../graph.ts'
import type { Shape } from '../shape.ts'
import { multiply, scaled } from './arithmetic.ts'
import { expand } from './expand.ts'

/** Sum over some axes, which stay as dimensions of size 1. */
export function reduceSum(graph: Graph, value: Value, axes: readonly number[]): Value {
  return graph.apply({
    type: 'ReduceSum',
    inputs: [value, graph.integers(axes)],
    attributes: { keepdims: 1 },
    shape: reducedShape(value.shape, axes),
    gradient: (upstream) => [expand(graph, upstream, value.shape), undefined]
  })
}

/** Mean over some axes, which stay as dimensions of size 1. */
export function reduceMean(graph: Graph, value: Value, axes: readonly number[]): Value {
  const averaged = axes.reduce((product, axis) => product * (value.shape[axis] as number), 1)
  return graph.apply({
    type: 'ReduceMean',
    inputs: [value],
    attributes: { axes, keepdims: 1 },
    shape: reducedShape(value.shape, axes),
    gradient: (upstream) => [expand(graph, scaled(graph, upstream, 1 / averaged), value.shape)]
  })
}

/** Sum of squares over some axes, which stay as dimensions of size 1. */
export function reduceSumSquare(graph: Graph, value: Value, axes: readonly number[]): Value {
  return graph.apply({
    type: 'ReduceSumSquare',
    inputs: [value],
    attributes: { axes, keepdims: 1 },
    shape: reducedShape(value.shape, axes),
    gradient: (upstream) => [multiply(graph, scaled(graph, upstream, 2), value)]
  })
}

/**
 * Largest element over some axes, which stay as dimensions of size 1. A constant to the gradient: for shifting numbers
 * into a safe range where the shift cancels out.
 */
export function reduceMax(graph: Graph, value: Value, axes: readonly number[]): Value {
  return graph.apply({
    type: 'ReduceMax',
    inputs: [value],
    attributes: { axes, keepdims: 1 },
    shape: reducedShape(value.shape, axes),
    gradient: () => [undefined]
  })
}

/** The sum of all elements, a scalar. */
export function total(graph: Graph, value: Value): Value {
  return graph.apply({
    type: 'ReduceSum',
    inputs: [value],
    attributes: { keepdims: 0 },
    shape: [],
    gradient: (upstream) => [expand(graph, upstream, value.shape)]
  })
}

function reducedShape(shape: Shape, axes: readonly number[]): Shape {
  if (axes.some((axis) => axis < 0 || axis >= shape.length)) {
    throw new RangeError(`[${shape.join(', ')}] has no axes ${axes.join(', ')}`)
  }
  return shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
}
