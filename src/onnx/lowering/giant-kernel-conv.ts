import type { Graph, Value } from '../graph.ts'
import { concat } from '../operators/concat.ts'
import { matmul, matrixTranspose } from '../operators/matmul.ts'
import { pad } from '../operators/pad.ts'
import type { PerAxis } from '../operators/resample.ts'
import { reshape } from '../operators/reshape.ts'
import { transpose } from '../operators/transpose.ts'
import { elementCount } from '../shape.ts'
import { convolutionOf } from './convolution.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * A convolution whose kernel is as large as a grid and whose result is as small as a kernel: the gradient of an ordinary
 * convolution with respect to its weight. For each voxel of the result it is the product of the operand [C, voxels],
 * shifted to that voxel, with the kernel [O, voxels].
 *
 * Laid out in rows with zeros between lines and planes, a shift in space is a shift along the row. Copying one side
 * once for each voxel of the result costs more than the products, so the shifts are divided: one side is copied for the
 * shifts along W, the other, with fewer channels, for those along D and H, in the opposite direction. A single product
 * of all copies with all copies then holds the whole result.
 */
export const giantKernelConv: Rewrite = ({ node, inputs, graph }) => {
  const convolution = convolutionOf(node)
  const [value, kernel] = inputs
  if (convolution === undefined || value === undefined || kernel === undefined) return undefined
  const { strides, dilations, groups, pads, bias } = convolution
  if ([...strides, ...dilations, groups].some((n) => n !== 1) || bias !== undefined) return undefined
  const result: PerAxis = [
    node.result.shape[2] as number,
    node.result.shape[3] as number,
    node.result.shape[4] as number
  ]
  if (elementCount(result) * 2 > elementCount(convolution.kernel)) return undefined
  return shiftedProducts(graph, value, kernel, pads, result)
}

/** @param value [C, N, D, H, W] @param kernel [O, N, d, h, w] @param places the grid of the result [C, O, …] */
function shiftedProducts(graph: Graph, value: Value, kernel: Value, pads: readonly number[], places: PerAxis): Value {
  const [channels, items] = value.shape as [number, number]
  const outputs = kernel.shape[0] as number
  const [before, after] = [pads.slice(0, 3), pads.slice(3)]
  const margins = places.map((n) => n - 1)
  const operand = pad(graph, value, [0, 0, ...before], [0, 0, ...after])
  const [, , , height, width] = operand.shape as [number, number, number, number, number]
  // Planes of zeros at the end of an item only matter where another item follows.
  const gradient = pad(
    graph,
    kernel,
    [0, 0, 0, 0, 0],
    [0, 0, items > 1 ? (margins[0] as number) : 0, ...margins.slice(1)]
  )

  const [depthPlaces, heightPlaces, widthPlaces] = places
  const alongW = counted(widthPlaces)
  const alongDH = counted(depthPlaces).flatMap((d) => counted(heightPlaces).map((h) => (d * height + h) * width))
  const [early, late] = channels < outputs ? [alongDH, alongW] : [alongW, alongDH]
  const [earliest, latest] = [Math.max(...early), Math.max(...late)]
  const length = earliest + Math.max(rowLength(operand), rowLength(gradient) + latest)
  const rows = shiftedRows(
    graph,
    operand,
    early.map((offset) => earliest - offset),
    length
  )
  const columns = shiftedRows(
    graph,
    gradient,
    late.map((offset) => earliest + offset),
    length
  )
  const products = matmul(graph, rows, matrixTranspose(graph, columns))
  if (channels < outputs) {
    const positions = reshape(graph, products, [channels, depthPlaces, heightPlaces, outputs, widthPlaces])
    return transpose(graph, positions, [0, 3, 1, 2, 4])
  }
  const positions = reshape(graph, products, [channels, widthPlaces, outputs, depthPlaces, heightPlaces])
  return transpose(graph, positions, [0, 2, 3, 4, 1])
}

function counted(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n)
}

function rowLength(value: Value): number {
  return elementCount(value.shape.slice(1))
}

/** [C, …] → [C · shifts, length]: each channel's numbers after as many zeros as each shift says, channels outermost. */
function shiftedRows(graph: Graph, value: Value, shifts: readonly number[], length: number): Value {
  const channels = value.shape[0] as number
  const numbers = rowLength(value)
  const row = reshape(graph, value, [channels, numbers])
  const gaps = shifts.map((shift, n) => shift + (n === 0 ? 0 : length - numbers - (shifts[n - 1] as number)))
  const zeros = (count: number): Value[] =>
    count === 0 ? [] : [graph.constant([channels, count], new Float32Array(channels * count))]
  const pieces = gaps.flatMap((gap) => [...zeros(gap), row])
  const last = length - numbers - (shifts.at(-1) as number)
  return reshape(graph, concat(graph, [...pieces, ...zeros(last)], 1), [channels * shifts.length, length])
}
