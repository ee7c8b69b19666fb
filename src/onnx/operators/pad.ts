import type { Graph, Value } from '../graph.ts'
import { slice } from './slice.ts'

/** Zeros put before and after a tensor, per axis. */
export function pad(graph: Graph, value: Value, before: readonly number[], after: readonly number[]): Value {
  if ([...before, ...after].every((n) => n === 0)) return value
  return graph.apply({
    type: 'Pad',
    inputs: [value, graph.integers([...before, ...after])],
    attributes: { mode: 'constant' },
    shape: value.shape.map((n, axis) => n + (before[axis] as number) + (after[axis] as number)),
    gradient: (upstream) => [
      value.shape.reduce((rest, n, axis) => {
        const start = before[axis] as number
        return slice(graph, rest, axis, start, start + n)
      }, upstream)
    ]
  })
}
