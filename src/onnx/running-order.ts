import type { Node, Value } from './graph.ts'

/**
 * Nodes in an order that makes ONNX Runtime run them in the order they were added to the graph. ONNX Runtime traverses the graph
 * backwards from the outputs, depth first, and follows the input that was written last first (Graph::ReverseDFSFrom). So nodes are
 * written in reverse, and a reshaped tensor next to its original, so that a gradient which is only reshaped is used as soon as it is
 * computed. Otherwise the gradients of all weights would be computed after those of all volumes, which would be kept in memory.
 */
export function runningOrder(nodes: readonly Node[]): Node[] {
  const places = new Map<Value, number>()
  nodes.forEach((node, place) => {
    const viewed = node.type === 'Reshape' ? places.get(node.inputs[0] as Value) : undefined
    places.set(node.result, viewed ?? place)
  })
  const place = (node: Node): number => places.get(node.result) as number
  return nodes.toReversed().toSorted((a, b) => place(b) - place(a))
}
