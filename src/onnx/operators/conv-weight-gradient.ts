import type { Graph, Value } from '../graph.ts'
import { dimension, elementCount, type Shape } from '../shape.ts'
import { concat } from './concat.ts'
import { matmul, matrixTranspose } from './matmul.ts'
import { pad } from './pad.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

type Offset = readonly [number, number, number]

/**
 * The gradient of a convolution with respect to its weight [O, C, k, k, k]: for each kernel position, the product of
 * the operand [C, voxels], shifted to that position, with the upstream gradient [O, voxels].
 *
 * Copying one of them k³ times costs more than the products. So the shifts are divided: one side is copied k times,
 * shifted along W, the other, with fewer channels, k² times, shifted the opposite way along D and H. A single product
 * of all copies with all copies then holds every kernel position.
 */
export function convWeightGradient(graph: Graph, value: Value, upstream: Value, kernel: number): Value {
  const [outputs, channels] = [upstream.shape[1] as number, value.shape[1] as number]
  const m = (kernel - 1) / 2
  const offsets = Array.from({ length: kernel }, (_, offset) => offset - m)
  const operand = channelsFirst(graph, value)
  const gradient = channelsFirst(graph, upstream)
  if (channels < outputs) {
    const operands = pairs(offsets).map(([d, h]) => moved(graph, operand, [-d, -h, m], [d, h, m]))
    const gradients = offsets.map((w) => moved(graph, gradient, [0, 0, m + w], [0, 0, m - w]))
    const positions = products(graph, operands, gradients, [kernel, kernel, channels, kernel, outputs])
    return transpose(graph, positions, [4, 2, 0, 1, 3])
  }
  const operands = offsets.map((w) => moved(graph, operand, [m, m, -w], [m, m, w]))
  const gradients = pairs(offsets).map(([d, h]) => moved(graph, gradient, [m + d, m + h, 0], [m - d, m - h, 0]))
  const positions = products(graph, operands, gradients, [kernel, channels, kernel, kernel, outputs])
  return transpose(graph, positions, [4, 1, 2, 3, 0])
}

/** The product of every row of `operands` with every row of `gradients`. */
function products(graph: Graph, operands: readonly Value[], gradients: readonly Value[], shape: Shape): Value {
  const rows = concat(graph, operands, 0)
  const columns = matrixTranspose(graph, concat(graph, gradients, 0))
  return reshape(graph, matmul(graph, rows, columns), shape)
}

/** Pads (or, where negative, crops) the grid of [C, N, D, H, W] and lays each channel out in a row. */
function moved(graph: Graph, value: Value, before: Offset, after: Offset): Value {
  const result = pad(graph, value, [0, 0, ...before], [0, 0, ...after])
  const channels = dimension(result.shape, 0)
  return reshape(graph, result, [channels, elementCount(result.shape) / channels])
}

function pairs(numbers: readonly number[]): [number, number][] {
  return numbers.flatMap((a) => numbers.map((b): [number, number] => [a, b]))
}

/** [N, C, D, H, W] → [C, N, D, H, W]; without moving anything for a single item. */
function channelsFirst(graph: Graph, value: Value): Value {
  const [items, channels, ...grid] = value.shape as [number, number, number, number, number]
  return items === 1 ? reshape(graph, value, [channels, 1, ...grid]) : transpose(graph, value, [1, 0, 2, 3, 4])
}
