import type { Graph, Value } from '../graph.ts'
import { broadcastShape, type Shape, sameShape } from '../shape.ts'
import { reduceSum } from './reduce.ts'
import { reshape } from './reshape.ts'

/** Repeats a tensor along its dimensions of size 1 until it has `shape`. */
export function expand(graph: Graph, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value
  if (!sameShape(broadcastShape(value.shape, shape), shape)) {
    throw new RangeError(`[${value.shape.join(', ')}] does not expand to [${shape.join(', ')}]`)
  }
  return graph.apply({
    type: 'Expand',
    inputs: [value, graph.integers(shape)],
    shape,
    gradient: (upstream) => [sumTo(graph, upstream, value.shape), undefined]
  })
}

/** The adjoint of broadcasting: sums over the dimensions along which `shape` was repeated. */
export function sumTo(graph: Graph, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value
  const added = value.shape.length - shape.length
  const axes = value.shape.flatMap((n, axis) => (axis < added || shape[axis - added] !== n ? [axis] : []))
  return reshape(graph, axes.length === 0 ? value : reduceSum(graph, value, axes), shape)
}
