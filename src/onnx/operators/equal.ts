import type { Graph, Value } from '../graph.ts'
import { broadcastShape } from '../shape.ts'

/** ONNX's number for float32 in TensorProto.DataType. */
const float32 = 1

/** 1 where two tensors are equal, 0 elsewhere; not differentiated. */
export function equal(graph: Graph, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape)
  const same = graph.apply({ type: 'Equal', inputs: [a, b], shape, resultType: 'bool' })
  return graph.apply({ type: 'Cast', inputs: [same], attributes: { to: float32 }, shape })
}
