import type { Graph, Node } from './graph.ts'
import { dimension, elementCount } from './shape.ts'

/**
 * Floating-point operations of one run of a graph: two for each product of its convolutions and matrix products, which
 * are nearly all of a network's work. As the graph is written: a lowering may need fewer or more.
 */
export function countOperations(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + 2 * productsOf(node), 0)
}

function productsOf({ type, inputs, result }: Node): number {
  const [first, second] = inputs
  if (first === undefined || second === undefined) return 0
  switch (type) {
    case 'Conv':
      // Each result is a sum over the weight's channels and places.
      return elementCount(result.shape) * elementCount(second.shape.slice(1))
    case 'ConvTranspose':
      // Each input goes into all outputs of the weight's channels and places.
      return elementCount(first.shape) * elementCount(second.shape.slice(1))
    case 'MatMul':
      return elementCount(result.shape) * dimension(first.shape, -1)
    default:
      return 0
  }
}
