import type { Graph, Value } from '../graph.ts'
import { concat } from './concat.ts'
import { matmul, matrixTranspose } from './matmul.ts'
import { pad } from './pad.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/**
 * The gradient of a convolution with respect to its weight [O, C, k, k, k]: for each kernel position, the product of
 * the operand [C, voxels], shifted to that position, with the upstream gradient [O, voxels].
 *
 * Copying the shifted operand k³ times costs more than the products. So the shifts are divided: k copies of the operand
 * are shifted along W, and k² copies of the upstream gradient the opposite way along D and H; one product of all with
 * all holds every kernel position.
 */
export function convWeightGradient(graph: Graph, value: Value, upstream: Value, kernel: number): Value {
  const [outputs, channels] = [upstream.shape[1] as number, value.shape[1] as number]
  const margin = (kernel - 1) / 2
  const offsets = Array.from({ length: kernel }, (_, offset) => offset - margin)
  const operand = channelsFirst(graph, value)
  const gradient = channelsFirst(graph, upstream)
  const alongW = offsets.map((w) => shifted(graph, operand, [margin, margin, -w], [margin, margin, w]))
  const alongDH = offsets.flatMap((d) =>
    offsets.map((h) => shifted(graph, gradient, [margin + d, margin + h, 0], [margin - d, margin - h, 0]))
  )
  const products = matmul(graph, concat(graph, alongW, 0), matrixTranspose(graph, concat(graph, alongDH, 0)))
  const positions = reshape(graph, products, [kernel, channels, kernel, kernel, outputs])
  return transpose(graph, positions, [4, 1, 2, 3, 0])
}

/** Pads (or, where negative, crops) the grid of [C, N, D, H, W] and lays each channel out in a row. */
function shifted(graph: Graph, value: Value, before: readonly number[], after: readonly number[]): Value {
  const moved = pad(graph, value, [0, 0, ...before], [0, 0, ...after])
  const [channels, ...rest] = moved.shape as [number, ...number[]]
  return reshape(graph, moved, [channels, rest.reduce((product, n) => product * n, 1)])
}

/** [N, C, D, H, W] → [C, N, D, H, W]; without moving anything for a single item. */
function channelsFirst(graph: Graph, value: Value): Value {
  const [items, channels, ...grid] = value.shape as [number, number, number, number, number]
  return items === 1 ? reshape(graph, value, [channels, 1, ...grid]) : transpose(graph, value, [1, 0, 2, 3, 4])
}
