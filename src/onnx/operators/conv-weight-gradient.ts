import type { Graph, Value } from '../graph.ts'
import { elementCount } from '../shape.ts'
import { concat } from './concat.ts'
import { matmul, matrixTranspose } from './matmul.ts'
import { pad } from './pad.ts'
import { reshape } from './reshape.ts'
import { slice } from './slice.ts'
import { transpose } from './transpose.ts'

/** Above this many voxels the shifted copies are multiplied one by one: together they would not fit the caches. */
const joinedBelow = 50_000

/**
 * The gradient of a convolution with respect to its weight [O, C, k, k, k]: for each kernel position, the product of
 * the upstream gradient [O, voxels] with the operand [C, voxels] shifted to that position.
 */
export function convWeightGradient(graph: Graph, value: Value, upstream: Value, kernel: number): Value {
  const [items, channels, ...grid] = value.shape as [number, number, number, number, number]
  const outputs = upstream.shape[1] as number
  const voxels = items * elementCount(grid)
  const padding = (kernel - 1) / 2
  const margin = [0, 0, padding, padding, padding]
  const padded = pad(graph, channelsFirst(graph, value), margin, margin)
  const gradient = matrixTranspose(graph, reshape(graph, channelsFirst(graph, upstream), [outputs, voxels]))
  const offsets = Array.from({ length: kernel }, (_, offset) => offset)
  const shifted = offsets.flatMap((d) => {
    const planes = slice(graph, padded, 2, d, d + grid[0])
    return offsets.flatMap((h) => {
      const rows = slice(graph, planes, 3, h, h + grid[1])
      return offsets.map((w) => reshape(graph, slice(graph, rows, 4, w, w + grid[2]), [channels, voxels]))
    })
  })
  const operands = voxels > joinedBelow ? shifted : [concat(graph, shifted, 0)]
  const products = operands.map((operand) => matmul(graph, operand, gradient))
  const positions = reshape(graph, concat(graph, products, 0), [kernel, kernel, kernel, channels, outputs])
  return transpose(graph, positions, [4, 3, 0, 1, 2])
}

/** [N, C, D, H, W] → [C, N, D, H, W]; without moving anything for a single item. */
function channelsFirst(graph: Graph, value: Value): Value {
  const [items, channels, ...grid] = value.shape as [number, number, number, number, number]
  return items === 1 ? reshape(graph, value, [channels, 1, ...grid]) : transpose(graph, value, [1, 0, 2, 3, 4])
}
