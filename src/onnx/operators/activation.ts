import type { Graph, Value } from '../graph.ts'
import { add, multiply, scaled } from './arithmetic.ts'

/** max(x, 0). */
export function relu(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Relu',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [multiply(graph, upstream, step(graph, result))]
  })
  return result
}

/** x where positive, slope · x elsewhere; the slope is positive. */
export function leakyRelu(graph: Graph, value: Value, slope: number): Value {
  const result: Value = graph.apply({
    type: 'LeakyRelu',
    inputs: [value],
    attributes: { alpha: { float: slope } },
    shape: value.shape,
    gradient: (upstream) => [
      multiply(graph, upstream, add(graph, scaled(graph, step(graph, result), 1 - slope), graph.scalar(slope)))
    ]
  })
  return result
}

/** 1 where positive, 0 elsewhere, in one pass: HardSigmoid(x) = max(0, min(1, αx + β)) with a huge α. */
function step(graph: Graph, value: Value): Value {
  return graph.apply({
    type: 'HardSigmoid',
    inputs: [value],
    attributes: { alpha: { float: 1e30 }, beta: { float: 0 } },
    shape: value.shape
  })
}
