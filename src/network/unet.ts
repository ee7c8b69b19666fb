import type { Graph, Value } from '../onnx/graph.ts'
import { leakyRelu, relu } from '../onnx/operators/activation.ts'
import { concat } from '../onnx/operators/concat.ts'
import { conv } from '../onnx/operators/conv.ts'
import { transposedConv } from '../onnx/operators/conv-transpose.ts'
import { groupNormalization } from '../onnx/operators/group-normalization.ts'
import { instanceNormalization } from '../onnx/operators/instance-normalization.ts'
import { maxPool } from '../onnx/operators/max-pool.ts'
import { upsample } from '../onnx/operators/resample.ts'
import type { Shape } from '../onnx/shape.ts'
import type { NetworkConfiguration } from './configuration.ts'
import type { ParameterRole } from './parameters.ts'

/** Slope of the leaky rectifier for negative numbers, as in nnU-Net (Isensee et al. 2021). */
const leakySlope = 0.01

/** Where the network takes a parameter from: a stored weight, a graph input, a list being written. */
export type ParameterSource = (name: string, shape: Shape, role: ParameterRole) => Value

export interface NetworkOutputs {
  /** Logits [N, classes, D, H, W]. */
  readonly labels?: Value
  /** Heatmaps [N, landmarks, D, H, W], unit peak. */
  readonly landmarks?: Value
}

/**
 * Adds the dual-headed U-Net to a graph: an encoder that halves the grid between levels, a decoder that doubles it
 * again and takes in the encoder's features, and one 1 × 1 × 1 convolution for each head.
 * @param image [N, inputChannels, D, H, W]; D, H and W are multiples of 2^(levels − 1)
 */
export function applyNetwork(
  graph: Graph,
  configuration: NetworkConfiguration,
  image: Value,
  parameter: ParameterSource
): NetworkOutputs {
  const { levels, features, convolutionsPerLevel, classes, landmarks } = configuration
  const channelsAt = (level: number): number => features * 2 ** level
  const layers = (input: Value, name: string, channels: number): Value => {
    let result = input
    for (let n = 0; n < convolutionsPerLevel; n++) {
      result = layer(graph, configuration, result, `${name}.${n}`, channels, parameter)
    }
    return result
  }

  let result = image
  const skips: Value[] = []
  for (let level = 0; level < levels; level++) {
    if (level > 0) result = maxPool(graph, result)
    result = layers(result, `encoder.${level}`, channelsAt(level))
    skips.push(result)
  }
  for (let level = levels - 2; level >= 0; level--) {
    const raised = raise(graph, configuration, result, `decoder.${level}.upsampling`, channelsAt(level), parameter)
    result = layers(concat(graph, [skips[level] as Value, raised], 1), `decoder.${level}`, channelsAt(level))
  }

  const head = (name: string, outputs: number): Value => {
    const weight = parameter(`${name}.weight`, [outputs, features, 1, 1, 1], 'head')
    return conv(graph, result, weight, parameter(`${name}.bias`, [outputs], 'bias'))
  }
  return {
    ...(classes > 0 && { labels: head('labels', classes) }),
    ...(landmarks > 0 && { landmarks: head('landmarks', landmarks) })
  }
}

/** Convolution, normalization, activation. */
function layer(
  graph: Graph,
  { kernel, normalization, groups, activation }: NetworkConfiguration,
  input: Value,
  name: string,
  channels: number,
  parameter: ParameterSource
): Value {
  const weight = parameter(`${name}.weight`, [channels, input.shape[1] as number, kernel, kernel, kernel], 'weight')
  const bias = (): Value => parameter(`${name}.bias`, [channels], 'bias')
  const scale = (): Value => parameter(`${name}.scale`, [channels], 'scale')
  const activate = (value: Value): Value =>
    activation === 'relu' ? relu(graph, value) : leakyRelu(graph, value, leakySlope)
  switch (normalization) {
    case 'none':
      return activate(conv(graph, input, weight, bias()))
    case 'instance':
      return activate(instanceNormalization(graph, conv(graph, input, weight), scale(), bias()))
    case 'group':
      return activate(groupNormalization(graph, conv(graph, input, weight), groups, scale(), bias()))
  }
}

/** Doubles the grid. */
function raise(
  graph: Graph,
  { upsampling }: NetworkConfiguration,
  input: Value,
  name: string,
  channels: number,
  parameter: ParameterSource
): Value {
  if (upsampling !== 'transposed') return upsample(graph, input, upsampling)
  const weight = parameter(`${name}.weight`, [8 * channels, input.shape[1] as number, 1, 1, 1], 'weight')
  return transposedConv(graph, input, weight)
}
