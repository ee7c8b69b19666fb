import type { Graph, Value } from '../graph.ts'
import { broadcastShape, sameShape } from '../shape.ts'
import { sumTo } from './expand.ts'

/** a + b, broadcast. */
export function add(graph: Graph, a: Value, b: Value): Value {
  return binary(graph, 'Add', a, b, (upstream) => [() => upstream, () => upstream])
}

/** a − b, broadcast. */
export function subtract(graph: Graph, a: Value, b: Value): Value {
  return binary(graph, 'Sub', a, b, (upstream) => [() => upstream, () => negate(graph, upstream)])
}

/** a · b elementwise, broadcast. */
export function multiply(graph: Graph, a: Value, b: Value): Value {
  return binary(graph, 'Mul', a, b, (upstream) => [
    () => multiply(graph, upstream, b),
    () => multiply(graph, upstream, a)
  ])
}

/** a / b elementwise, broadcast. d(a/b) = da / b − db · a / b². */
export function divide(graph: Graph, a: Value, b: Value): Value {
  return binary(graph, 'Div', a, b, (upstream) => [
    () => divide(graph, upstream, b),
    () => negate(graph, divide(graph, multiply(graph, upstream, a), multiply(graph, b, b)))
  ])
}

/** factor · a for a fixed number. */
export function scaled(graph: Graph, a: Value, factor: number): Value {
  return factor === 1 ? a : multiply(graph, a, graph.scalar(factor))
}

export function negate(graph: Graph, a: Value): Value {
  return graph.apply({
    type: 'Neg',
    inputs: [a],
    shape: a.shape,
    gradient: (upstream) => [negate(graph, upstream)]
  })
}

function binary(
  graph: Graph,
  type: string,
  a: Value,
  b: Value,
  partials: (upstream: Value) => readonly [() => Value, () => Value]
): Value {
  const shape = broadcastShape(a.shape, b.shape)
  const left = unexpanded(graph, a, b)
  const right = unexpanded(graph, b, left)
  return graph.apply({
    type,
    inputs: [left, right],
    shape,
    gradient: (upstream, needed) => {
      const [byA, byB] = partials(upstream)
      return [
        needed[0] ? sumTo(graph, byA(), left.shape) : undefined,
        needed[1] ? sumTo(graph, byB(), right.shape) : undefined
      ]
    }
  })
}

/** The smaller tensor `value` was expanded from, where broadcasting against `other` expands it just the same. */
function unexpanded(graph: Graph, value: Value, other: Value): Value {
  const node = graph.producer(value)
  const [source] = node?.type === 'Expand' ? node.inputs : []
  if (source === undefined) return value
  const together = broadcastShape(source.shape, other.shape)
  return sameShape(together, broadcastShape(value.shape, other.shape)) ? source : value
}
