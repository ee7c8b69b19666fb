import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph, type Value } from '../../src/onnx/graph.ts'
import type { Shape } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'

export function tensor(dims: Shape, data: ArrayLike<number>): Tensor {
  return { dims, data: Float32Array.from(data) }
}

/** Builds a graph over the named inputs, runs it once and returns its outputs. */
export async function runGraph<Input extends string, Output extends string>(
  inputs: Readonly<Record<Input, Tensor>>,
  build: (graph: Graph, values: Readonly<Record<Input, Value>>) => Readonly<Record<Output, Value>>
): Promise<Record<Output, Tensor>> {
  const graph = new Graph()
  const feeds: Readonly<Record<string, Tensor>> = inputs
  const values = Object.entries(feeds).map(([name, { dims }]) => [name, graph.input(name, dims)])
  const results = build(graph, Object.fromEntries(values) as Record<Input, Value>)
  for (const [name, value] of Object.entries<Value>(results)) graph.output(name, value)
  const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
  try {
    return (await session.run(feeds)) as Record<Output, Tensor>
  } finally {
    await session.release()
  }
}
