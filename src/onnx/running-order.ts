import type { Node, Value } from './graph.ts'

/**
 * Nodes in the order that makes ONNX Runtime run them in the order they were added to the graph, each as late as it is
 * needed. It goes backwards from the outputs, depth first, and of a node's inputs follows the one written last first
 * (Graph::ReverseDFSFrom); so nodes are written last first, and a view of a tensor beside the tensor, so that a gradient
 * that is only laid out in another way counts as soon as it is known. Otherwise the gradients of all weights would come
 * after those of all volumes, which would be kept for them.
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
