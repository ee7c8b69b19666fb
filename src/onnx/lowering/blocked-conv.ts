import type { Value } from '../graph.ts'
import { pad } from '../operators/pad.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import {
  blockedDomain,
  blockedRowsOf,
  blockedWeight,
  fillsBlocks,
  knownBlockedRows,
  rowsOf,
  volumeOf,
  zeroed
} from './blocked-rows.ts'
import { type Convolution, convolutionOf } from './convolution.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * A 3 × 3 × 3 convolution that keeps the grid, on blocked rows. Steps along D and W make one 2-D kernel, dilated by the
 * rows of a plane; the three steps along H are three such convolutions, each moved by one row, which add up in place.
 */
export const blockedConv: Rewrite = ({ node, inputs, graph, target: { block } }) => {
  const [value, weight, bias] = inputs
  if (block === undefined || value === undefined || weight === undefined) return undefined
  if (!keepsGrid(convolutionOf(node), 3) || !fillsBlocks(node.result, block)) return undefined
  const [outputs, channels] = weight.shape as [number, number]
  if (channels > block && channels % block !== 0) return undefined
  const rows = channels < block ? rowsOf(graph, value) : blockedRowsOf(graph, value)
  const plane = (value.shape[3] as number) + 1
  const none = graph.constant([outputs], new Float32Array(outputs))
  let sum: Value | undefined
  for (const step of [0, 1, 2]) {
    const kernel = reshape(graph, slice(graph, weight, 3, step, step + 1), [outputs, channels, 3, 3])
    const before = sum === undefined ? [bias ?? none] : [none, sum]
    sum = graph.apply({
      type: 'Conv',
      domain: blockedDomain,
      inputs: [rows, blockedWeight(graph, kernel, block), ...before],
      attributes: { kernel_shape: [3, 3], pads: [plane + 1 - step, 1, plane - 1 + step, 1], dilations: [plane, 1] },
      shape: [1, outputs, ...rows.shape.slice(2)]
    })
  }
  return sum && volumeOf(graph, zeroed(graph, sum, plane - 1, block), node.result.shape)
}

/**
 * A 1 × 1 × 1 convolution of a volume that is in blocked rows already. Outputs that do not fill a block are filled up
 * with zeros, which are dropped when the channels are put in order again.
 */
export const blockedPointwiseConv: Rewrite = ({ node, inputs, graph, target: { block } }) => {
  const [value, weight, bias] = inputs
  if (block === undefined || value === undefined || weight === undefined) return undefined
  const rows = knownBlockedRows(graph, value)
  if (!keepsGrid(convolutionOf(node), 1) || rows === undefined) return undefined
  const [outputs, channels] = weight.shape as [number, number]
  const missing = (block - (outputs % block)) % block
  const kernel = pad(graph, reshape(graph, weight, [outputs, channels, 1, 1]), [0, 0, 0, 0], [missing, 0, 0, 0])
  const result = graph.apply({
    type: 'Conv',
    domain: blockedDomain,
    inputs: [
      rows,
      blockedWeight(graph, kernel, block),
      ...(bias === undefined ? [] : [pad(graph, bias, [0], [missing])])
    ],
    attributes: { kernel_shape: [1, 1] },
    shape: [1, outputs + missing, ...rows.shape.slice(2)]
  })
  // Without a bias the rows of zeros stay zero; where channels were padded, their result is not used as blocked rows again.
  const clean = bias === undefined || missing > 0
  return volumeOf(graph, clean ? result : zeroed(graph, result, value.shape[3] as number, block), node.result.shape)
}

function keepsGrid(convolution: Convolution | undefined, edge: number): boolean {
  if (convolution === undefined) return false
  const { kernel, strides, dilations, groups, pads } = convolution
  return (
    [...strides, ...dilations, groups].every((n) => n === 1) &&
    kernel.every((n) => n === edge) &&
    pads.every((n) => n === (edge - 1) / 2)
  )
}
