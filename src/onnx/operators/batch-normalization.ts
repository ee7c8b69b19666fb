import type { Graph, Value } from '../graph.ts'
import { elementCount } from '../shape.ts'
import { add, divide, multiply, scaled, subtract } from './arithmetic.ts'
import { squareRoot } from './functions.ts'
import { instanceNormalization, normalizationEpsilon } from './instance-normalization.ts'
import { reduceMean } from './reduce.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/** Mean and variance of each channel, each [C]. */
export interface ChannelStatistics {
  readonly mean: Value
  readonly variance: Value
}

/**
 * Batch normalization in training (Ioffe and Szegedy 2015): scale · (x − mean) / √(variance + 10⁻⁵) + bias with the mean
 * and (population) variance of each channel over all items of [N, C, D, H, W]; `scale` and `bias` are [C]. It is
 * instance normalization of the items laid behind each other.
 */
export function batchNormalization(graph: Graph, value: Value, scale: Value, bias: Value): Value {
  const [items, channels, depth, ...plane] = value.shape as [number, number, number, number, number]
  if (items === 1) return instanceNormalization(graph, value, scale, bias)
  const swapped = transpose(graph, value, [1, 0, 2, 3, 4])
  const behind = reshape(graph, swapped, [1, channels, items * depth, ...plane])
  const normalized = instanceNormalization(graph, behind, scale, bias)
  return transpose(graph, reshape(graph, normalized, swapped.shape), [1, 0, 2, 3, 4])
}

/** The statistics of a batch, the variance with Bessel's correction n / (n − 1), as running statistics collect them. */
export function batchStatistics(graph: Graph, value: Value): ChannelStatistics {
  const axes = value.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))
  const channels = value.shape[1] as number
  const samples = elementCount(value.shape) / channels
  const mean = reduceMean(graph, value, axes)
  const centered = subtract(graph, value, mean)
  const variance = reduceMean(graph, multiply(graph, centered, centered), axes)
  const correction = samples / Math.max(1, samples - 1)
  return {
    mean: reshape(graph, mean, [channels]),
    variance: reshape(graph, scaled(graph, variance, correction), [channels])
  }
}

/**
 * Batch normalization with statistics that are given, as in inference: x · p + (bias − mean · p) with
 * p = scale / √(variance + 10⁻⁵), one number each per channel.
 */
export function fixedNormalization(
  graph: Graph,
  value: Value,
  { mean, variance }: ChannelStatistics,
  scale: Value,
  bias: Value
): Value {
  const perChannel = (numbers: Value): Value =>
    reshape(graph, numbers, [1, ...numbers.shape, ...value.shape.slice(2).map(() => 1)])
  const deviation = squareRoot(graph, add(graph, variance, graph.scalar(normalizationEpsilon)))
  const stretch = divide(graph, scale, deviation)
  const shift = subtract(graph, bias, multiply(graph, mean, stretch))
  return add(graph, multiply(graph, value, perChannel(stretch)), perChannel(shift))
}
