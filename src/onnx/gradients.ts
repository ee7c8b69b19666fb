import type { Graph, Value } from './graph.ts'
import { add } from './operators/arithmetic.ts'

/**
 * Reverse-mode differentiation, graph to graph: adds to `graph` the nodes that compute the gradient of the scalar
 * `loss` with respect to each value in `wrt`, and returns those gradients in the same order.
 * @throws Error if the loss does not depend on one of them, or a node on the way has no gradient.
 */
export function gradients(graph: Graph, loss: Value, wrt: readonly Value[]): Value[] {
  const forward = [...graph.nodes]
  const dependent = new Set<Value>(wrt)
  for (const node of forward) {
    if (node.inputs.some((input) => dependent.has(input))) dependent.add(node.result)
  }
  const collected = new Map<Value, Value>([[loss, graph.scalar(1)]])
  for (const node of forward.reverse()) {
    const upstream = collected.get(node.result)
    if (upstream === undefined || !dependent.has(node.result)) continue
    if (node.gradient === undefined) throw new Error(`the gradient of ${node.type} is not defined`)
    const needed = node.inputs.map((input) => dependent.has(input))
    const passed = node.gradient(upstream, needed)
    node.inputs.forEach((input, index) => {
      const part = passed[index]
      if (!needed[index] || part === undefined) return
      const sum = collected.get(input)
      collected.set(input, sum === undefined ? part : add(graph, sum, part))
    })
  }
  return wrt.map((value) => {
    const gradient = collected.get(value)
    if (gradient === undefined) throw new Error(`the loss does not depend on ${value.name}`)
    return gradient
  })
}
