import type { Graph, Node, Value } from '../graph.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import { transpose } from '../operators/transpose.ts'
import { knownBlockedRows, volumeOf } from './blocked-rows.ts'
import type { Rewrite } from './rewrite.ts'

/** What `transposedConv` of the operators ends in, last first. */
const nodesFromTheEnd = ['Reshape', 'MatMul', 'Reshape', 'Transpose', 'Reshape', 'Conv']

/**
 * The rearrangement of the voxels of each 2 × 2 × 2 block after the pointwise convolution of a transposed one, of a volume
 * in blocked rows: one transpose of whole blocks of channels, the row after each plane included.
 */
export const blockedTransposedConv: Rewrite = ({ node, plain, graph, target: { block }, lowered }) => {
  const convolution = startOf(plain, node)
  const shape = node.result.shape as [number, number, number, number, number]
  if (convolution === undefined || block === undefined || shape.length !== 5 || shape[1] % block !== 0) return undefined
  const rows = knownBlockedRows(graph, lowered(convolution.result))
  const [, channels, d, h, w] = convolution.result.shape as typeof shape
  if (rows === undefined || channels !== 8 * shape[1] || shape[2] !== 2 * d || shape[3] !== 2 * h) return undefined
  const blocks = shape[1] / block
  const places = reshape(graph, rows, [2, 2, 2, blocks, d, h + 1, w, block])
  const ordered = transpose(graph, places, [3, 4, 0, 5, 1, 6, 2, 7])
  // Of the two rows that the row after a plane became, one is dropped.
  const planes = reshape(graph, ordered, [blocks * 2 * d, 2 * h + 2, 2 * w * block])
  const kept = slice(graph, planes, 1, 0, 2 * h + 1)
  return volumeOf(graph, reshape(graph, kept, [1, shape[1], 2 * d * (2 * h + 1), 2 * w]), shape)
}

function startOf(plain: Graph, end: Node): Node | undefined {
  let node: Node | undefined = end
  for (const [index, type] of nodesFromTheEnd.entries()) {
    if (index > 0) node = plain.producer(node?.inputs[0] as Value)
    if (node?.type !== type) return undefined
  }
  return node
}
