import type { Graph, Node, Value } from '../graph.ts'

/** ONNX Runtime's execution providers. */
export type Provider = 'cpu' | 'wasm' | 'webgpu'

/** Operations with several forms, of which the fastest depends on their size (forms.ts). */
export type Operation = 'convolution' | 'weightGradient'

/** What a graph is lowered for. */
export interface Target {
  readonly provider: Provider
  /** Channels in a block of ONNX Runtime's blocked operators on this machine; undefined where it has none. */
  readonly block?: number | undefined
  /** The forms that operations take; where left out, those that were measured to be fastest. */
  readonly forms?: Partial<Readonly<Record<Operation, string>>>
}

/** One node of the plain graph, and where its replacement is built. */
export interface Site {
  /** A node of the plain graph. */
  readonly node: Node
  /** The node's inputs, already lowered, as values of `graph`. */
  readonly inputs: readonly Value[]
  /** The plain graph, to look further back from the node. */
  readonly plain: Graph
  /** The lowered graph under construction. */
  readonly graph: Graph
  readonly target: Target
  /** What a value of the plain graph that comes before the node has become. */
  lowered(value: Value): Value
}

/**
 * Computes a node's result in another way: adds nodes to the lowered graph and returns the value that replaces the
 * result, in the same shape; undefined where it does not apply. Nodes that nothing uses any more are left out when the
 * graph is encoded, so a rewrite may replace several plain nodes that end in this one.
 */
export type Rewrite = (site: Site) => Value | undefined
