import type { Attribute, Graph, Node, Value } from '../graph.ts'
import { add, divide, multiply, subtract } from '../operators/arithmetic.ts'
import { squareRoot } from '../operators/functions.ts'
import { normalizationEpsilon } from '../operators/instance-normalization.ts'
import { reduceMean } from '../operators/reduce.ts'
import { reshape } from '../operators/reshape.ts'
import { blockedDomain, knownBlockedRows, unzeroed, volumeOf, zeroed } from './blocked-rows.ts'
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
  const centred = shifted(graph, rows, mean)
  const variance = channelMeans(graph, multiply(graph, centred, centred), d, block)
  const factor = divide(graph, scale, squareRoot(graph, add(graph, variance, graph.scalar(normalizationEpsilon))))
  const shift = subtract(graph, bias, multiply(graph, mean, factor))
  const applied = graph.apply({
    type: 'Conv',
    domain: blockedDomain,
    inputs: [rows, reshape(graph, factor, [channels, 1, 1, 1]), shift],
    attributes: { kernel_shape: [1, 1], group: channels, ...rectifier },
    shape: rows.shape
  })
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

/** Blocked rows less the mean of each channel: a variance from unshifted squares loses the digits of a large mean. */
function shifted(graph: Graph, rows: Value, mean: Value): Value {
  const [channels] = mean.shape as [number]
  return graph.apply({
    type: 'Conv',
    domain: blockedDomain,
    inputs: [
      rows,
      graph.constant([channels, 1, 1, 1], new Float32Array(channels).fill(1)),
      subtract(graph, graph.scalar(0), mean)
    ],
    attributes: { kernel_shape: [1, 1], group: channels },
    shape: rows.shape
  })
}

/** The mean [C] of each channel over all rows but those after the planes. Each plane of each block is one image. */
function channelMeans(graph: Graph, rows: Value, depth: number, block: number): Value {
  const [, channels, r, w] = rows.shape as [number, number, number, number]
  const plane = r / depth
  const images = (channels / block) * depth
  const means = graph.apply({
    type: 'AveragePool',
    domain: blockedDomain,
    inputs: [reshape(graph, rows, [images, block, plane, w])],
    attributes: { kernel_shape: [plane - 1, w], strides: [plane, w] },
    shape: [images, block, 1, 1]
  })
  return reshape(graph, reduceMean(graph, reshape(graph, means, [channels / block, depth, block]), [1]), [channels])
}
