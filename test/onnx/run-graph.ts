import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph, type Value } from '../../src/onnx/graph.ts'
import type { Shape } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'

export function tensor(dims: Shape, data: ArrayLike<number>): Tensor {
  return { dims, data: Float32Array.from(data) }
}

/** Builds a graph over the named inputs, runs it once and returns its outputs. */
export async function runGraph(
  inputs: Readonly<Record<string, Tensor>>,
  build: (graph: Graph, values: Readonly<Record<string, Value>>) => Readonly<Record<string, Value>>
): Promise<Record<string, Tensor>> {
  const graph = new Graph()
  const values = Object.fromEntries(Object.entries(inputs).map(([name, { dims }]) => [name, graph.input(name, dims)]))
  for (const [name, value] of Object.entries(build(graph, values))) graph.output(name, value)
  const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
  try {
    return await session.run(inputs)
  } finally {
    await session.release()
  }
}
