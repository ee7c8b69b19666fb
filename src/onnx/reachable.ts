import type { Graph, Node, Value } from './graph.ts'

/** The nodes and values the outputs of a graph depend on, nodes in running order. */
export function reachable(graph: Graph): { nodes: Node[]; values: Set<Value> } {
  const values = new Set(graph.outputs.values())
  const nodes: Node[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!values.has(node.result)) continue
    nodes.push(node)
    for (const input of node.inputs) values.add(input)
  }
  return { nodes: nodes.reverse(), values }
}
