import type { Graph, Value } from '../graph.ts'
import { broadcastShape, dimension } from '../shape.ts'
import { sumTo } from './expand.ts'
import { transpose } from './transpose.ts'

/** Matrix products of the last two dimensions; leading dimensions are broadcast. Operands have at least two. */
export function matmul(graph: Graph, a: Value, b: Value): Value {
  if (dimension(a.shape, -1) !== dimension(b.shape, -2)) {
    throw new RangeError(`cannot multiply [${a.shape.join(', ')}] by [${b.shape.join(', ')}]`)
  }
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2))
  return graph.apply({
    type: 'MatMul',
    inputs: [a, b],
    shape: [...batch, dimension(a.shape, -2), dimension(b.shape, -1)],
    gradient: (upstream, needed) => [
      needed[0] ? sumTo(graph, matmul(graph, upstream, matrixTranspose(graph, b)), a.shape) : undefined,
      needed[1] ? sumTo(graph, matmul(graph, matrixTranspose(graph, a), upstream), b.shape) : undefined
    ]
  })
}

/** Swaps the last two dimensions. */
function matrixTranspose(graph: Graph, value: Value): Value {
  const axes = value.shape.map((_, axis) => axis)
  const [row, column] = [axes.length - 2, axes.length - 1]
  return transpose(graph, value, [...axes.slice(0, -2), column, row])
}

/** a · bᵀ of two matrices, b not copied. */
export function timesTransposed(graph: Graph, a: Value, b: Value): Value {
  if (dimension(a.shape, 1) !== dimension(b.shape, 1)) {
    throw new RangeError(`cannot multiply [${a.shape.join(', ')}] by [${b.shape.join(', ')}] transposed`)
  }
  return graph.apply({
    type: 'Gemm',
    inputs: [a, b],
    attributes: { transB: 1 },
    shape: [dimension(a.shape, 0), dimension(b.shape, 0)]
  })
}
