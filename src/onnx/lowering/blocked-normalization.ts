import type { Attribute, Node, Value } from '../graph.ts'
import { add, divide, multiply, subtract } from '../operators/arithmetic.ts'
import { squareRoot } from '../operators/functions.ts'
import { normalizationEpsilon } from '../operators/instance-normalization.ts'
import { channelMeans, channelwise } from './blocked-channelwise.ts'
import { knownBlockedRows, unzeroed, volumeOf, zeroed } from './blocked-rows.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * Instance normalization, and the rectifier after it, of a volume in blocked rows: means by pooling whole planes, then
 * one pass of a convolution of each channel with one number, which applies the rectifier too.
 */
export const blockedNormalization: Rewrite = ({ node, plain, graph, target: { block }, lowered }) => {
  const normalization =
    node.type === 'InstanceNormalization' ? node : normalizationBefore(plain.producer(node.inputs[0] as Value))
  const rectifier = rectifierOf(node)
  if (block === undefined || normalization === undefined || rectifier === undefined) return undefined
  const [value, scale, bias] = normalization.inputs.map(lowered) as [Value, Value, Value]
  const known = knownBlockedRows(graph, value)
  if (known === undefined) return undefined
  const rows = unzeroed(graph, known)
  const [, channels, d, h] = value.shape as [number, number, number, number, number]
  const mean = channelMeans(graph, rows, d, block)
  // A variance from unshifted squares would lose the digits of a large mean. With its strides said, this is another node
  // than the backward pass's, for which the volume would be kept.
  const ones = graph.constant([channels], new Float32Array(channels).fill(1))
  const centred = channelwise(graph, rows, {
    factor: ones,
    shift: subtract(graph, graph.scalar(0), mean),
    attributes: { strides: [1, 1] }
  })
  const variance = channelMeans(graph, multiply(graph, centred, centred), d, block)
  const factor = divide(graph, scale, squareRoot(graph, add(graph, variance, graph.scalar(normalizationEpsilon))))
  const shift = subtract(graph, bias, multiply(graph, mean, factor))
  const applied = channelwise(graph, rows, { factor, shift, attributes: rectifier })
  return volumeOf(graph, zeroed(graph, applied, h, block), value.shape)
}

function normalizationBefore(node: Node | undefined): Node | undefined {
  return node?.type === 'InstanceNormalization' ? node : undefined
}

/** A node as the activation of a blocked convolution. */
function rectifierOf({ type, attributes: { alpha } }: Node): Record<string, Attribute> | undefined {
  switch (type) {
    case 'InstanceNormalization':
      return {}
    case 'Relu':
      return { activation: 'Relu' }
    case 'LeakyRelu':
      return typeof alpha === 'object' && 'float' in alpha
        ? { activation: 'LeakyRelu', activation_params: { floats: [alpha.float] } }
        : undefined
    default:
      return undefined
  }
}
