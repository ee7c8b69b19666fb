import { Graph, type Value } from '../graph.ts'
import { sameShape } from '../shape.ts'
import type { Rewrite, Site, Target } from './rewrite.ts'
import { rewrites } from './rewrites.ts'

/**
 * The same computation in the forms a provider runs fastest: inputs, outputs and stored weights keep their names and
 * shapes, nodes are replaced by the first rewrite that applies. The lowered graph is for running; it has no gradients
 * and need not be one that other programs read.
 */
export function lower(plain: Graph, target: Target): Graph {
  return rewritten(plain, rewrites[target.provider], target)
}

/** Rebuilds a graph node by node; the first rewrite that applies to a node replaces it. */
export function rewritten(plain: Graph, tried: readonly Rewrite[], target: Target): Graph {
  const graph = new Graph(plain)
  const replaced = new Map<Value, Value>()
  const lowered = (value: Value): Value => replaced.get(value) ?? value
  for (const node of plain.nodes) {
    const inputs = node.inputs.map(lowered)
    const { shape } = node.result
    const site = { node, inputs, plain, graph, target, lowered }
    const result = firstResult(tried, site) ?? copied(site)
    if (!sameShape(result.shape, shape)) {
      throw new Error(`a rewrite of ${node.type} gives [${result.shape.join(', ')}], not [${shape.join(', ')}]`)
    }
    replaced.set(node.result, result)
  }
  for (const [name, value] of plain.outputs) graph.output(name, lowered(value))
  return graph
}

function firstResult(tried: readonly Rewrite[], site: Site): Value | undefined {
  for (const rewrite of tried) {
    const result = rewrite(site)
    if (result !== undefined) return result
  }
  return undefined
}

function copied({ node, inputs, graph }: Site): Value {
  const { type, domain, attributes, result } = node
  return graph.apply({
    type,
    inputs,
    attributes,
    shape: result.shape,
    resultType: result.type,
    ...(domain !== undefined && { domain })
  })
}
