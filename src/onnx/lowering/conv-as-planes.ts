import { concat } from '../operators/concat.ts'
import { pad } from '../operators/pad.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import { transpose } from '../operators/transpose.ts'
import { counted, denseConvolutionOf } from './convolution.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * A 3-D convolution as a batch of 2-D ones: WebGPU's kernel for two dimensions works in tiles, its kernel for three fetches every
 * operand from memory anew. The planes become the items of a batch, and those that the kernel reaches along D are laid
 * side by side as channels, which takes their number times the operand's memory.
 */
export const convAsPlanes: Rewrite = (site) => {
  const convolution = denseConvolutionOf(site)
  if (convolution === undefined) return undefined
  const { node, graph } = site
  const { value, weight, bias, kernel, dilations, pads } = convolution
  const [items, outputs, depth, height, width] = node.result.shape as [number, number, number, number, number]
  const [places, lines, columns] = kernel as [number, number, number]
  const [channels, rows, length] = [value.shape[1], value.shape[3], value.shape[4]] as [number, number, number]

  const padded = pad(graph, value, [0, 0, pads[0] as number, 0, 0], [0, 0, pads[3] as number, 0, 0])
  const reached = counted(places).map((d) => {
    const start = d * (dilations[0] as number)
    return slice(graph, padded, 2, start, start + depth)
  })
  const planes = reshape(graph, transpose(graph, concat(graph, reached, 1), [0, 2, 1, 3, 4]), [
    items * depth,
    places * channels,
    rows,
    length
  ])
  const flat = reshape(graph, transpose(graph, weight, [0, 2, 1, 3, 4]), [outputs, places * channels, lines, columns])
  const result = graph.apply({
    type: 'Conv',
    inputs: bias === undefined ? [planes, flat] : [planes, flat, bias],
    attributes: {
      kernel_shape: [lines, columns],
      pads: [1, 2, 4, 5].map((side) => pads[side] as number),
      dilations: dilations.slice(1)
    },
    shape: [items * depth, outputs, height, width]
  })
  return transpose(graph, reshape(graph, result, [items, depth, outputs, height, width]), [0, 2, 1, 3, 4])
}
