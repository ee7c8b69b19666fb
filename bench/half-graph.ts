import proto from 'onnx-proto'
import { encodeHalves } from '../src/onnx/half.ts'

const { onnx } = proto
const { FLOAT, FLOAT16 } = onnx.TensorProto.DataType

/** The smallest number above 0 that half precision has: an epsilon below it would be none. */
const smallestHalf = 2 ** -24

/**
 * An ONNX file that computes in half precision: weights and all that lies between inputs and outputs, which themselves
 * stay in single precision behind Cast nodes.
 * @throws RangeError if a stored number is beyond half precision
 */
export function inHalfPrecision(bytes: Uint8Array): Uint8Array {
  const model = onnx.ModelProto.decode(bytes)
  const graph = onnx.GraphProto.create(model.graph ?? {})
  for (const tensor of graph.initializer) {
    if (tensor.dataType !== FLOAT) continue
    const numbers = new Float32Array(Uint8Array.from(tensor.rawData ?? []).buffer)
    tensor.rawData = new Uint8Array(encodeHalves(numbers.map(representable)).buffer)
    tensor.dataType = FLOAT16
  }
  const inputs = new Set(graph.input.map(({ name }) => name ?? ''))
  const outputs = new Set(graph.output.map(({ name }) => name ?? ''))
  const nameWithin = (name: string): string => (inputs.has(name) || outputs.has(name) ? `${name}.half` : name)
  for (const node of graph.node) {
    node.input = (node.input ?? []).map(nameWithin)
    node.output = (node.output ?? []).map(nameWithin)
  }
  graph.node = [
    ...[...inputs].map((name) => cast(name, nameWithin(name), FLOAT16)),
    ...graph.node,
    ...[...outputs].map((name) => cast(nameWithin(name), name, FLOAT))
  ]
  return onnx.ModelProto.encode({ ...model, graph }).finish()
}

/** Not rounded to 0 where it is not. */
function representable(number: number): number {
  return number === 0 ? 0 : Math.sign(number) * Math.max(smallestHalf, Math.abs(number))
}

function cast(from: string, to: string, type: number): InstanceType<typeof onnx.NodeProto> {
  const { INT } = onnx.AttributeProto.AttributeType
  const attribute = [onnx.AttributeProto.create({ name: 'to', type: INT, i: type })]
  return onnx.NodeProto.create({ name: `cast to ${to}`, opType: 'Cast', input: [from], output: [to], attribute })
}
