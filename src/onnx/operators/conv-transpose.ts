import type { Graph, Value } from '../graph.ts'
import { conv } from './conv.ts'
import { matmul } from './matmul.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/**
 * Transposed convolution with kernel and stride 2, which doubles the grid of [N, C, D, H, W]: a 1 × 1 × 1 convolution
 * to the eight voxels of each block (`weight` [8 · O, C, 1, 1, 1], block positions outermost), then a rearrangement. The
 * same function as ONNX's ConvTranspose, which is slow on the CPU and missing on WebGPU. Whole rows are moved by a
 * transpose; the two halves of a row are interleaved by a matrix product, twice as fast as a transpose of the innermost
 * dimension.
 */
export function doublingConv(graph: Graph, value: Value, weight: Value): Value {
  const [items, , d, h, w] = value.shape as [number, number, number, number, number]
  const outputs = (weight.shape[0] as number) / 8
  const blocks = reshape(graph, conv(graph, value, weight), [items, 2, 2, 2, outputs, d, h, w])
  const rows = transpose(graph, blocks, [0, 4, 5, 1, 6, 2, 3, 7])
  const pairs = reshape(graph, rows, [items * outputs * 4 * d * h, 2 * w])
  return reshape(graph, matmul(graph, pairs, interleaving(graph, w)), [items, outputs, 2 * d, 2 * h, 2 * w])
}

/** The permutation that turns a row (a₀ … aₙ, b₀ … bₙ) into (a₀, b₀, a₁, b₁, …). */
function interleaving(graph: Graph, length: number): Value {
  const edge = 2 * length
  const numbers = new Float32Array(edge * edge)
  for (let from = 0; from < edge; from++) numbers[from * edge + 2 * (from % length) + Math.floor(from / length)] = 1
  return graph.constant([edge, edge], numbers)
}
