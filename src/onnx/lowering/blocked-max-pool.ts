import type { Graph, Value } from '../graph.ts'
import { pad } from '../operators/pad.ts'
import { reshape } from '../operators/reshape.ts'
import { blockedDomain, knownBlockedRows, volumeOf } from './blocked-rows.ts'
import type { Rewrite } from './rewrite.ts'

/** Maxima of 2 × 2 × 2 blocks of voxels of a volume in blocked rows: within each plane, then of pairs of planes. */
export const blockedMaxPool: Rewrite = ({ node, inputs: [value], graph, target: { block } }) => {
  if (node.type !== 'MaxPool' || block === undefined || value === undefined) return undefined
  const { kernel_shape, strides, pads } = node.attributes
  const halves = [kernel_shape, strides].every((edges) => Array.isArray(edges) && edges.join() === '2,2,2')
  const rows = knownBlockedRows(graph, value)
  if (!halves || pads !== undefined || rows === undefined) return undefined
  const [, channels, d, h, w] = value.shape as [number, number, number, number, number]
  const blocks = channels / block
  const planes = reshape(graph, rows, [blocks * d, block, h + 1, w])
  const inPlanes = maxima(graph, planes, [2, 2], [blocks * d, block, h / 2, w / 2])
  const pairs = reshape(graph, inPlanes, [blocks, block, d, (h / 2) * (w / 2)])
  const result = maxima(graph, pairs, [2, 1], [blocks, block, d / 2, (h / 2) * (w / 2)])
  const volume = reshape(graph, result, [(blocks * d) / 2, h / 2, (w / 2) * block])
  const apart = pad(graph, volume, [0, 0, 0], [0, 1, 0])
  return volumeOf(graph, reshape(graph, apart, [1, channels, (d / 2) * (h / 2 + 1), w / 2]), node.result.shape)
}

function maxima(graph: Graph, images: Value, edges: readonly [number, number], shape: readonly number[]): Value {
  return graph.apply({
    type: 'MaxPool',
    domain: blockedDomain,
    inputs: [images],
    attributes: { kernel_shape: edges, strides: edges },
    shape
  })
}
