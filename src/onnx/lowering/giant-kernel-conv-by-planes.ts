import type { Graph, Value } from '../graph.ts'
import { concat } from '../operators/concat.ts'
import { matmul } from '../operators/matmul.ts'
import { pad } from '../operators/pad.ts'
import { reduceSum } from '../operators/reduce.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import { transpose } from '../operators/transpose.ts'
import { counted } from './convolution.ts'
import { giantKernelOf } from './giant-kernel-conv.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * A convolution whose kernel is as large as a grid and whose result is as small as a kernel (giant-kernel-conv.ts), as
 * one product for each plane of the grid and their sum. A graphics card's product of two matrices that are short and
 * millions of numbers long keeps few of its processors busy; a batch of one for each plane keeps all.
 *
 * The shifts are divided as there: the side with fewer channels is copied for those along D and H, the other for those
 * along W, in the opposite direction.
 */
export const giantKernelConvByPlanes: Rewrite = (site) => {
  const operands = giantKernelOf(site)
  if (operands === undefined) return undefined
  const { graph } = site
  const { value, kernel, pads, places } = operands
  const [channels, outputs] = [value.shape[0] as number, kernel.shape[0] as number]
  const [alongD, alongH, alongW] = places
  const [depth, height] = kernel.shape.slice(2) as [number, number, number]
  const padded = pad(graph, value, [0, 0, ...pads.slice(0, 3)], [0, 0, ...pads.slice(3)])
  const width = padded.shape[4] as number
  if (channels < outputs) {
    const shifted = counted(alongD).flatMap((d) =>
      counted(alongH).map((h) => window(graph, padded, d, h, depth, height))
    )
    const still = counted(alongW).map((w) => widened(graph, kernel, w, width))
    const sum = sumOfProducts(graph, shifted, still)
    return transpose(graph, reshape(graph, sum, [alongD, alongH, channels, alongW, outputs]), [2, 4, 0, 1, 3])
  }
  const [paddedDepth, paddedHeight] = padded.shape.slice(2) as [number, number]
  const moved = counted(alongD).flatMap((d) =>
    counted(alongH).map((h) => around(graph, kernel, d, h, paddedDepth, paddedHeight))
  )
  const columns = kernel.shape[4] as number
  const sides = counted(alongW).map((w) => slice(graph, padded, 4, w, w + columns))
  const sum = sumOfProducts(graph, moved, sides)
  return transpose(graph, reshape(graph, sum, [alongD, alongH, outputs, alongW, channels]), [4, 2, 0, 1, 3])
}

/** Σ over the planes of left · rightᵀ, all [C, N, D, H, W] of one grid: [lefts · C, rights · C']. */
function sumOfProducts(graph: Graph, lefts: readonly Value[], rights: readonly Value[]): Value {
  const left = concat(graph, lefts, 0)
  const right = concat(graph, rights, 0)
  const [rows, items, depth, height, width] = left.shape as [number, number, number, number, number]
  const columns = right.shape[0] as number
  const batch = [items * depth, rows, height * width]
  const turned = [items * depth, height * width, columns]
  const products = matmul(
    graph,
    reshape(graph, transpose(graph, left, [1, 2, 0, 3, 4]), batch),
    reshape(graph, transpose(graph, right, [1, 2, 3, 4, 0]), turned)
  )
  return reduceSum(graph, products, [0])
}

/** The part of a padded volume that the kernel sees from one place along D and H. */
function window(graph: Graph, padded: Value, d: number, h: number, depth: number, height: number): Value {
  return slice(graph, slice(graph, padded, 2, d, d + depth), 3, h, h + height)
}

/** A kernel with zeros before and after it along W, where it lies at one place. */
function widened(graph: Graph, kernel: Value, w: number, width: number): Value {
  return pad(graph, kernel, [0, 0, 0, 0, w], [0, 0, 0, 0, width - w - (kernel.shape[4] as number)])
}

/** A kernel with zeros around it along D and H, where it lies at one place. */
function around(graph: Graph, kernel: Value, d: number, h: number, depth: number, height: number): Value {
  const [kernelDepth, kernelHeight] = kernel.shape.slice(2) as [number, number]
  return pad(graph, kernel, [0, 0, d, h, 0], [0, 0, depth - d - kernelDepth, height - h - kernelHeight, 0])
}
