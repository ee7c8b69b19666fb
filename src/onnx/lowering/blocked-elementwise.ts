import type { Graph, Node, Value } from '../graph.ts'
import { add, subtract } from '../operators/arithmetic.ts'
import { reshape } from '../operators/reshape.ts'
import { elementCount, type Shape, sameShape } from '../shape.ts'
import { channelMeans, channelwise, plainChannelwise } from './blocked-channelwise.ts'
import { blockedRowsOf, fillsBlocks, knownBlockedRows, unzeroed, volumeOf, zeroed } from './blocked-rows.ts'
import type { Rewrite } from './rewrite.ts'

/** Of these the rows after the planes stay zero where an operand's are; of the others they become something else. */
const keepsZeros = new Set(['Mul', 'Neg', 'Relu', 'LeakyRelu', 'Tanh', 'Erf'])
const others = new Set(['Add', 'Sub', 'Sigmoid', 'HardSigmoid'])

/**
 * What is computed voxel by voxel from volumes in blocked rows, with numbers for each channel or for all: in rows, so
 * that between the convolutions of a backward pass nothing is put into plain order and back.
 */
export const blockedElementwise: Rewrite = ({ node, inputs, graph, target: { block } }) => {
  const { type, domain, result } = node
  if (block === undefined || domain !== undefined || !(keepsZeros.has(type) || others.has(type))) return undefined
  if (!fillsBlocks(result, block) || inputs.every((value) => knownBlockedRows(graph, value) === undefined)) {
    return undefined
  }
  const operands = inputs.flatMap((value) => operandOf(graph, value, result.shape) ?? [])
  if (operands.length < inputs.length) return undefined
  const volumes = operands.filter(({ kind }) => kind === 'volume').map(({ value }) => value)
  const areClean = volumes.map((rows) => unzeroed(graph, rows) === rows)
  const staysClean = keepsZeros.has(type) ? areClean.some(Boolean) : volumes.length === 2 && areClean.every(Boolean)
  // Of two factors one with zeros is enough.
  const first = areClean.indexOf(true)
  const used = operands.map((operand) => {
    if (operand.kind !== 'volume' || (staysClean && volumes.indexOf(operand.value) === first)) return operand
    return { ...operand, value: unzeroed(graph, operand.value) }
  })
  const rows = computed(graph, node, used)
  if (rows === undefined) return undefined
  return volumeOf(graph, staysClean ? rows : zeroed(graph, rows, result.shape[3] as number, block), result.shape)
}

/** The mean of each channel of a volume in blocked rows. */
export const blockedMean: Rewrite = ({ node, inputs: [value], graph, target: { block } }) => {
  const { axes, keepdims } = node.attributes
  if (node.type !== 'ReduceMean' || block === undefined || value === undefined || keepdims !== 1) return undefined
  const rows = knownBlockedRows(graph, value)
  if (rows === undefined || !Array.isArray(axes) || axes.join() !== '2,3,4') return undefined
  return reshape(graph, channelMeans(graph, unzeroed(graph, rows), value.shape[2] as number, block), node.result.shape)
}

interface Operand {
  /** Blocked rows, one number for each channel [C], or one for all []. */
  readonly kind: 'volume' | 'channels' | 'number'
  readonly value: Value
}

function operandOf(graph: Graph, value: Value, shape: Shape): Operand | undefined {
  if (sameShape(value.shape, shape)) return { kind: 'volume', value: blockedRowsOf(graph, value) }
  if (elementCount(value.shape) === 1) return { kind: 'number', value: reshape(graph, value, []) }
  const channels = shape[1] as number
  if (elementCount(value.shape) !== channels || value.shape.at(-4) !== channels) return undefined
  return { kind: 'channels', value: reshape(graph, value, [channels]) }
}

function computed(graph: Graph, node: Node, operands: readonly Operand[]): Value | undefined {
  const [a, b] = operands as [Operand, Operand | undefined]
  const { type, attributes } = node
  if (b?.kind === 'channels' && a.kind === 'volume') return withChannels(graph, type, a.value, b.value)
  if (a.kind === 'channels' && b?.kind === 'volume' && type !== 'Sub') {
    return withChannels(graph, type, b.value, a.value)
  }
  if (a.kind === 'channels' || b?.kind === 'channels') return undefined
  if (type === 'Add' && a.kind === 'volume' && b?.kind === 'volume') {
    const product = plainChannelwise(graph, a.value)
    if (product !== undefined) return channelwise(graph, product.rows, { ...product, sum: b.value })
  }
  const inputs = operands.map(({ value }) => value)
  const shape = operands.find(({ kind }) => kind === 'volume')?.value.shape as Shape
  return graph.apply({ type, inputs, attributes, shape })
}

/** Rows times, plus or minus one number for each channel; a sum after a product is one pass with it. */
function withChannels(graph: Graph, type: string, rows: Value, numbers: Value): Value {
  const channels = numbers.shape[0] as number
  const same = (number: number): Value => graph.constant([channels], new Float32Array(channels).fill(number))
  if (type === 'Mul') return channelwise(graph, rows, { factor: numbers, shift: same(0) })
  const shift = type === 'Sub' ? subtract(graph, same(0), numbers) : numbers
  const product = plainChannelwise(graph, rows)
  return product === undefined
    ? channelwise(graph, rows, { factor: same(1), shift })
    : channelwise(graph, product.rows, { factor: product.factor, shift: add(graph, product.shift, shift) })
}
