import type { Graph, Value } from '../graph.ts'
import { conv } from './conv.ts'
import { matmul } from './matmul.ts'
import type { PerAxis } from './resample.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/**
 * Transposed convolution whose kernel is as large as its stride, which makes the grid of [N, C, D, H, W] finer by whole
 * factors, 2 unless others are given: a 1 × 1 × 1 convolution to the voxels of each block (`weight`
 * [block · O, C, 1, 1, 1], block positions outermost), then a rearrangement. The same function as ONNX's ConvTranspose,
 * which is slow on the CPU and missing on WebGPU. Whole rows are moved by a transpose; the parts of a row are
 * interleaved by a matrix product, twice as fast as a transpose of the innermost dimension.
 */
export function transposedConv(graph: Graph, value: Value, weight: Value, factors: PerAxis = [2, 2, 2]): Value {
  const [items, , d, h, w] = value.shape as [number, number, number, number, number]
  const [a, b, c] = factors
  const outputs = (weight.shape[0] as number) / (a * b * c)
  const blocks = reshape(graph, conv(graph, value, weight), [items, a, b, c, outputs, d, h, w])
  const rows = transpose(graph, blocks, [0, 4, 5, 1, 6, 2, 3, 7])
  const finer = [items, outputs, a * d, b * h, c * w]
  if (c === 1) return reshape(graph, rows, finer)
  const parts = reshape(graph, rows, [items * outputs * a * d * b * h, c * w])
  return reshape(graph, matmul(graph, parts, interleaving(graph, w, c)), finer)
}

/** The permutation that turns a row of `parts` lines (a₀ … aₙ, b₀ … bₙ) into (a₀, b₀, a₁, b₁, …). */
function interleaving(graph: Graph, length: number, parts: number): Value {
  const edge = parts * length
  const numbers = new Float32Array(edge * edge)
  for (let from = 0; from < edge; from++) {
    numbers[from * edge + parts * (from % length) + Math.floor(from / length)] = 1
  }
  return graph.constant([edge, edge], numbers)
}
