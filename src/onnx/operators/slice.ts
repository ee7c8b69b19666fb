import type { Graph, Value } from '../graph.ts'
import { dimension } from '../shape.ts'
import { pad } from './pad.ts'

/** The elements from `start` up to, not including, `end` along one axis. */
export function slice(graph: Graph, value: Value, axis: number, start: number, end: number): Value {
  const length = dimension(value.shape, axis)
  if (start < 0 || end > length || start >= end) {
    throw new RangeError(`no elements ${start} to ${end} along axis ${axis} of [${value.shape.join(', ')}]`)
  }
  if (start === 0 && end === length) return value
  return graph.apply({
    type: 'Slice',
    inputs: [value, graph.integers([start]), graph.integers([end]), graph.integers([axis])],
    shape: value.shape.map((n, at) => (at === axis ? end - start : n)),
    gradient: (upstream) => {
      const before = value.shape.map((_, at) => (at === axis ? start : 0))
      const after = value.shape.map((_, at) => (at === axis ? length - end : 0))
      return [pad(graph, upstream, before, after)]
    }
  })
}

/** The elements along one axis in the opposite order. */
export function reverse(graph: Graph, value: Value, axis: number): Value {
  return graph.apply({
    type: 'Slice',
    inputs: [
      value,
      graph.integers([-1]),
      graph.integers([-dimension(value.shape, axis) - 1]),
      graph.integers([axis]),
      graph.integers([-1])
    ],
    shape: value.shape,
    gradient: (upstream) => [reverse(graph, upstream, axis)]
  })
}
