import type { Attribute, Graph, Value } from '../graph.ts'
import { reduceMean } from '../operators/reduce.ts'
import { reshape } from '../operators/reshape.ts'
import { blockedDomain } from './blocked-rows.ts'

interface Numbers {
  /** One for each channel. */
  readonly factor: Value
  readonly shift: Value
  /** Rows that are added; the result may take their place in memory. */
  readonly sum?: Value
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** Blocked rows · factor + shift, with numbers for each channel, in one pass: a convolution of each channel by itself. */
export function channelwise(graph: Graph, rows: Value, { factor, shift, sum, attributes = {} }: Numbers): Value {
  const channels = rows.shape[1] as number
  return graph.apply({
    type: 'Conv',
    domain: blockedDomain,
    inputs: [rows, reshape(graph, factor, [channels, 1, 1, 1]), shift, ...(sum === undefined ? [] : [sum])],
    attributes: { kernel_shape: [1, 1], group: channels, ...attributes },
    shape: rows.shape
  })
}

/** What rows were made from by `channelwise`, if without a sum or further attributes. */
export function plainChannelwise(
  graph: Graph,
  made: Value
): { readonly rows: Value; readonly factor: Value; readonly shift: Value } | undefined {
  const node = graph.producer(made)
  if (node?.type !== 'Conv' || node.domain !== blockedDomain || node.inputs.length !== 3) return undefined
  if (node.attributes.group !== made.shape[1] || Object.keys(node.attributes).length !== 2) return undefined
  const [rows, factor, shift] = node.inputs as [Value, Value, Value]
  return { rows, factor, shift }
}

/** The mean [C] of each channel over all rows but those after the planes. Each plane of each block is one image. */
export function channelMeans(graph: Graph, rows: Value, depth: number, block: number): Value {
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
