import type { Graph, Value } from '../graph.ts'
import { add, multiply } from './arithmetic.ts'
import { instanceNormalization } from './instance-normalization.ts'
import { reshape } from './reshape.ts'

/**
 * Like instance normalization, with the statistics of `groups` groups of neighbouring channels: the groups are put in
 * the place of channels, normalized, and scaled channel by channel.
 */
export function groupNormalization(graph: Graph, value: Value, groups: number, scale: Value, bias: Value): Value {
  const [items, channels, ...grid] = value.shape as [number, number, ...number[]]
  if (channels % groups !== 0) throw new RangeError(`${channels} channels do not form ${groups} equal groups`)
  const perChannel = [1, channels, ...grid.map(() => 1)]
  const grouped = reshape(graph, value, [items, groups, (channels / groups) * (grid[0] as number), ...grid.slice(1)])
  const ones = graph.constant([groups], new Float32Array(groups).fill(1))
  const zeros = graph.constant([groups], new Float32Array(groups))
  const normalized = reshape(graph, instanceNormalization(graph, grouped, ones, zeros), value.shape)
  const stretched = multiply(graph, normalized, reshape(graph, scale, perChannel))
  return add(graph, stretched, reshape(graph, bias, perChannel))
}
