import type { Graph, Value } from '../graph.ts'
import { dimension } from '../shape.ts'
import { slice } from './slice.ts'

/** Joins tensors along one axis; their other dimensions agree. */
export function concat(graph: Graph, values: readonly Value[], axis: number): Value {
  const [first] = values
  if (first === undefined) throw new RangeError('nothing to join')
  if (values.length === 1) return first
  const lengths = values.map((value) => dimension(value.shape, axis))
  const length = lengths.reduce((sum, n) => sum + n, 0)
  return graph.apply({
    type: 'Concat',
    inputs: values,
    attributes: { axis },
    shape: first.shape.map((n, at) => (at === axis ? length : n)),
    gradient: (upstream, needed) => {
      let start = 0
      return lengths.map((n, index) => {
        const part = needed[index] ? slice(graph, upstream, axis, start, start + n) : undefined
        start += n
        return part
      })
    }
  })
}
