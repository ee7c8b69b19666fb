import type { Graph, Node } from './graph.ts'
import { reachable } from './reachable.ts'
import { elementCount } from './shape.ts'

/**
 * Floating-point operations of one run of a graph: two for each product of its convolutions, those with padding
 * included, which are nearly all of a network's work. PyTorch counts the same (torch.utils.flop_counter). Matrix products
 * only move and interpolate voxels here. As the graph is written: a lowering may need fewer or more.
 */
export function countOperations(graph: Graph): number {
  return reachable(graph).nodes.reduce((sum, node) => sum + 2 * productsOf(node), 0)
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
    default:
      return 0
  }
}
