import type { Graph, Value } from '../graph.ts'
import { conv } from './conv.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/**
 * Transposed convolution with kernel and stride 2, which doubles the grid of [N, C, D, H, W]: a 1 × 1 × 1 convolution
 * to the eight voxels of each block (`weight` [8 · O, C, 1, 1, 1], blocks outermost), then a rearrangement. The same
 * function as ONNX's ConvTranspose, which is slow on the CPU and missing on WebGPU.
 */
export function doublingConv(graph: Graph, value: Value, weight: Value): Value {
  const [items, , d, h, w] = value.shape as [number, number, number, number, number]
  const outputs = (weight.shape[0] as number) / 8
  const blocks = reshape(graph, conv(graph, value, weight), [items, 2, 2, 2, outputs, d, h, w])
  const interleaved = transpose(graph, blocks, [0, 4, 5, 1, 6, 2, 7, 3])
  return reshape(graph, interleaved, [items, outputs, 2 * d, 2 * h, 2 * w])
}
