import type { Graph, Value } from '../graph.ts'
import { add } from '../operators/arithmetic.ts'
import { concat } from '../operators/concat.ts'
import { matmul } from '../operators/matmul.ts'
import { pad } from '../operators/pad.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import { transpose } from '../operators/transpose.ts'
import { counted, denseConvolutionOf } from './convolution.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * A convolution as matrix products: WebGPU's kernel for three dimensions fetches every operand from memory anew, its
 * matrix product works in tiles. The places of the kernel along W are laid side by side as channels, which takes their
 * number times the operand's memory; then one product [O, kW · C] × [kW · C, voxels] for each place along D and H.
 */
export const convAsProducts: Rewrite = (site) => {
  const convolution = denseConvolutionOf(site)
  if (convolution === undefined) return undefined
  const { node, graph } = site
  const { value, weight, bias, kernel, dilations, pads } = convolution
  const [items, outputs, depth, height, width] = node.result.shape as [number, number, number, number, number]
  const [places, lines, columns] = kernel as [number, number, number]
  const shifted = (whole: Value, axis: number, place: number, length: number): Value => {
    const start = place * (dilations[axis - 2] as number)
    return slice(graph, whole, axis, start, start + length)
  }

  const padded = pad(graph, value, [0, 0, ...pads.slice(0, 3)], [0, 0, ...pads.slice(3)])
  const side = counted(columns).map((w) => shifted(padded, 4, w, width))
  const channels = concat(graph, side, 1)
  const products = counted(places).flatMap((d) => {
    const planes = shifted(channels, 2, d, depth)
    return counted(lines).map((h) => {
      const operand = shifted(planes, 3, h, height)
      const voxels = reshape(graph, operand, [items, operand.shape[1] as number, depth * height * width])
      return matmul(graph, weightAt(graph, weight, d, h), voxels)
    })
  })
  const sum = reshape(
    graph,
    products.reduce((a, b) => add(graph, a, b)),
    node.result.shape
  )
  return bias === undefined ? sum : add(graph, sum, reshape(graph, bias, [1, outputs, 1, 1, 1]))
}

/** [O, C, kD, kH, kW] → [O, kW · C] at one place along D and H, the places along W outermost. */
function weightAt(graph: Graph, weight: Value, d: number, h: number): Value {
  const [outputs, channels, , , columns] = weight.shape as [number, number, number, number, number]
  const line = slice(graph, slice(graph, weight, 2, d, d + 1), 3, h, h + 1)
  const rows = transpose(graph, reshape(graph, line, [outputs, channels, columns]), [0, 2, 1])
  return reshape(graph, rows, [outputs, columns * channels])
}
