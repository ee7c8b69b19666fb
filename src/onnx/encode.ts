import proto from 'onnx-proto'
import type { Attribute, Constant, Graph, Node, Value } from './graph.ts'

const { onnx } = proto

/** Read by every ONNX Runtime since 1.12; ReduceMean still takes its axes as an attribute. */
const operatorSet = 17
const irVersion = 8

const elementTypes = {
  float32: onnx.TensorProto.DataType.FLOAT,
  int64: onnx.TensorProto.DataType.INT64,
  bool: onnx.TensorProto.DataType.BOOL
}

/**
 * A graph as the bytes of an ONNX file. Nodes and constants that no output depends on are left out.
 * @param metadata texts kept in the file under these keys
 */
export function encodeGraph(graph: Graph, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const { nodes, values } = reachable(graph)
  const outputName = new Map<Value, string>()
  for (const [name, value] of graph.outputs) {
    if (graph.producer(value) !== undefined && !outputName.has(value)) outputName.set(value, name)
  }
  const nameOf = (value: Value): string => outputName.get(value) ?? value.name
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
      initializer: graph.constants.filter(({ value }) => values.has(value)).map(encodeConstant),
      node: [
        ...nodes.map((node) => encodeNode(node, nameOf)),
        ...copies.map(([name, value]) => ({ name, opType: 'Identity', input: [nameOf(value)], output: [name] }))
      ]
    }
  })
  return onnx.ModelProto.encode(model).finish()
}

/** The nodes and values the outputs depend on, nodes in running order. */
function reachable(graph: Graph): { nodes: Node[]; values: Set<Value> } {
  const values = new Set(graph.outputs.values())
  const nodes: Node[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!values.has(node.result)) continue
    nodes.push(node)
    for (const input of node.inputs) values.add(input)
  }
  return { nodes: nodes.reverse(), values }
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
