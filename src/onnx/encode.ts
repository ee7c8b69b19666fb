import proto from 'onnx-proto'
import type { Attribute, Constant, Graph, Node, Value } from './graph.ts'
import { encodeHalves } from './half.ts'
import { reachable } from './reachable.ts'
import { runningOrder } from './running-order.ts'

const { onnx } = proto

/** Read by every ONNX Runtime since 1.12; ReduceMean still takes its axes as an attribute. */
const operatorSet = 17
const irVersion = 8

const elementTypes = {
  float32: onnx.TensorProto.DataType.FLOAT,
  int64: onnx.TensorProto.DataType.INT64,
  bool: onnx.TensorProto.DataType.BOOL
}

export interface EncodingOptions {
  /** Texts kept in the file under these keys. */
  readonly metadata?: Readonly<Record<string, string>>
  /** Names of initializers to store in half precision, which a Cast node makes float32 again. */
  readonly halves?: ReadonlySet<string>
  /** In which order nodes are written: that of the graph, as ONNX wants it, or the one that ONNX Runtime runs best. */
  readonly order?: 'graph' | 'running'
}

/**
 * A graph as the bytes of an ONNX file. Nodes and constants that no output depends on are left out.
 * @throws RangeError if a number to store in half precision is beyond it
 */
export function encodeGraph(graph: Graph, options: EncodingOptions = {}): Uint8Array {
  const { metadata = {}, halves = new Set<string>(), order = 'graph' } = options
  const { nodes, values } = reachable(graph)
  const constants = graph.constants.filter(({ value }) => values.has(value))
  const isHalf = ({ name }: Value): boolean => halves.has(name)
  const outputName = new Map<Value, string>()
  for (const [name, value] of graph.outputs) {
    if (graph.producer(value) !== undefined && !outputName.has(value)) outputName.set(value, name)
  }
  const nameOf = (value: Value): string =>
    outputName.get(value) ?? (isHalf(value) ? `${value.name}.float32` : value.name)
  const copies = [...graph.outputs].filter(([name, value]) => nameOf(value) !== name)
  const model = onnx.ModelProto.create({
    irVersion,
    producerName: 'otomark',
    opsetImport: [{ domain: '', version: operatorSet }, ...domainsOf(nodes).map((domain) => ({ domain, version: 1 }))],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'otomark',
      input: graph.inputs.map((value) => describe(value, value.name)),
      output: [...graph.outputs].map(([name, value]) => describe(value, name)),
      initializer: constants.map((constant) =>
        isHalf(constant.value) ? encodeHalf(constant) : encodeConstant(constant)
      ),
      node: [
        ...constants.flatMap(({ value }) => (isHalf(value) ? widen(value, nameOf(value)) : [])),
        ...(order === 'running' ? runningOrder(nodes) : nodes).map((node) => encodeNode(node, nameOf)),
        ...copies.map(([name, value]) => ({ name, opType: 'Identity', input: [nameOf(value)], output: [name] }))
      ]
    }
  })
  return onnx.ModelProto.encode(model).finish()
}

/** The operator sets beside ONNX's own; ONNX Runtime's are all of version 1. */
function domainsOf(nodes: readonly Node[]): string[] {
  return [...new Set(nodes.flatMap(({ domain }) => domain ?? []))]
}

function describe(value: Value, name: string): InstanceType<typeof onnx.ValueInfoProto> {
  return onnx.ValueInfoProto.create({
    name,
    type: {
      tensorType: {
        elemType: elementTypes[value.type],
        shape: { dim: value.shape.map((dimValue) => ({ dimValue })) }
      }
    }
  })
}

function encodeConstant({ value, data }: Constant): InstanceType<typeof onnx.TensorProto> {
  return onnx.TensorProto.create({
    name: value.name,
    dataType: elementTypes[value.type],
    dims: [...value.shape],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  })
}

function encodeHalf({ value, data }: Constant): InstanceType<typeof onnx.TensorProto> {
  if (!(data instanceof Float32Array)) throw new TypeError(`${value.name} does not hold float32 numbers`)
  return onnx.TensorProto.create({
    name: value.name,
    dataType: onnx.TensorProto.DataType.FLOAT16,
    dims: [...value.shape],
    rawData: new Uint8Array(encodeHalves(data).buffer)
  })
}

/** The node that makes a stored half-precision tensor float32 again. */
function widen(value: Value, name: string): InstanceType<typeof onnx.NodeProto> {
  const attribute = [encodeAttribute('to', elementTypes.float32)]
  return onnx.NodeProto.create({ name, opType: 'Cast', input: [value.name], output: [name], attribute })
}

function encodeNode(node: Node, nameOf: (value: Value) => string): InstanceType<typeof onnx.NodeProto> {
  return onnx.NodeProto.create({
    name: nameOf(node.result),
    opType: node.type,
    ...(node.domain !== undefined && { domain: node.domain }),
    input: node.inputs.map(nameOf),
    output: [nameOf(node.result)],
    attribute: Object.entries(node.attributes).map(([name, attribute]) => encodeAttribute(name, attribute))
  })
}

function encodeAttribute(name: string, attribute: Attribute): InstanceType<typeof onnx.AttributeProto> {
  const { AttributeProto } = onnx
  const type = AttributeProto.AttributeType
  if (typeof attribute === 'number') return AttributeProto.create({ name, type: type.INT, i: attribute })
  if (typeof attribute === 'string') {
    return AttributeProto.create({ name, type: type.STRING, s: new TextEncoder().encode(attribute) })
  }
  if ('float' in attribute) return AttributeProto.create({ name, type: type.FLOAT, f: attribute.float })
  if ('floats' in attribute) return AttributeProto.create({ name, type: type.FLOATS, floats: [...attribute.floats] })
  return AttributeProto.create({ name, type: type.INTS, ints: [...attribute] })
}
