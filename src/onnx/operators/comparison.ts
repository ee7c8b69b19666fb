import type { Graph, Value } from '../graph.ts'
import { broadcastShape } from '../shape.ts'

/** ONNX's number for float32 in TensorProto.DataType. */
const float32 = 1

/** 1 where two tensors are equal, 0 elsewhere; not differentiated. */
export function equal(graph: Graph, a: Value, b: Value): Value {
  return compared(graph, 'Equal', a, b)
}

/** 1 where a ≥ b, 0 elsewhere; not differentiated. */
export function atLeast(graph: Graph, a: Value, b: Value): Value {
  return compared(graph, 'GreaterOrEqual', a, b)
}

function compared(graph: Graph, type: string, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape)
  const holds = graph.apply({ type, inputs: [a, b], shape, resultType: 'bool' })
  return graph.apply({ type: 'Cast', inputs: [holds], attributes: { to: float32 }, shape })
}
