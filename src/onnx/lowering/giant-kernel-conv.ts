import type { Graph, Value } from '../graph.ts'
import { add } from '../operators/arithmetic.ts'
import { concat } from '../operators/concat.ts'
import { timesTransposed } from '../operators/matmul.ts'
import { pad } from '../operators/pad.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import { transpose } from '../operators/transpose.ts'
import { elementCount } from '../shape.ts'
import { planesOf } from './blocked-rows.ts'
import { counted, denseConvolutionOf, isGiantKernel } from './convolution.ts'
import type { Rewrite, Site } from './rewrite.ts'

/**
 * A convolution whose kernel is as large as a grid and whose result is as small as a kernel: the gradient of an ordinary
 * convolution with respect to its weight. For each voxel of the result it is the product of the operand [C, voxels],
 * shifted to that voxel, with the kernel [O, voxels].
 *
 * Laid out in rows with zeros between lines and planes, a shift in space is a shift along the row. Copying one side
 * once for each voxel of the result costs more than the products, so the shifts are divided: one side is copied for the
 * shifts along W, the other, with fewer channels, for those along D and H, in the opposite direction. A single product
 * of all copies with all copies then holds the whole result. A large grid is taken some planes at a time, so that the
 * copies are few and near; the products add up.
 * @param limit how many numbers the copies of the planes that are taken at a time hold, about
 */
export function giantKernelConvWithin(limit: number): Rewrite {
  return (site) => {
    const operands = giantKernelOf(site)
    return operands && sumOfProducts(site.graph, { ...operands, block: site.target.block }, limit)
  }
}

/** The operands of a convolution with a giant kernel; undefined for any other node. */
export function giantKernelOf(site: Site): GiantKernel | undefined {
  const convolution = denseConvolutionOf(site)
  if (convolution === undefined || !isGiantKernel(convolution, site.node)) return undefined
  const { value, weight, bias, dilations, pads } = convolution
  if (bias !== undefined || dilations.some((n) => n !== 1)) return undefined
  return { value, kernel: weight, pads, places: site.node.result.shape.slice(2) as [number, number, number] }
}

export interface GiantKernel {
  /** [C, N, D, H, W]. */
  readonly value: Value
  /** [O, N, d, h, w]. */
  readonly kernel: Value
  /** Zeros around the value. */
  readonly pads: readonly number[]
  /** The grid of the result [C, O, …]. */
  readonly places: readonly [number, number, number]
}

interface Operands extends GiantKernel {
  readonly block: number | undefined
}

function sumOfProducts(graph: Graph, operands: Operands, limit: number): Value {
  const { value, kernel, places } = operands
  const [channels, outputs] = [value.shape[0] as number, kernel.shape[0] as number]
  const [alongD, alongH, alongW] = places
  const copied = Math.min(channels, outputs) * alongD * alongH + Math.max(channels, outputs) * alongW
  const depth = (channels < outputs ? kernel : value).shape[2] as number
  const count = Math.ceil((copied * elementCount(kernel.shape.slice(1))) / limit)
  const sum = slabs(depth, count)
    .map(([start, end]) => slabProducts(graph, operands, start, end))
    .reduce((a, b) => add(graph, a, b))
  return channels < outputs
    ? transpose(graph, reshape(graph, sum, [channels, alongD, alongH, outputs, alongW]), [0, 3, 1, 2, 4])
    : transpose(graph, reshape(graph, sum, [channels, alongW, outputs, alongD, alongH]), [0, 2, 3, 4, 1])
}

/**
 * The products of the planes from `start` to `end` of the side that is copied for the shifts along W. Of the other side
 * each shift along D takes planes of its own, so that no shift goes beyond them.
 */
function slabProducts(graph: Graph, operands: Operands, start: number, end: number): Value {
  const { value, kernel, pads, places, block } = operands
  const [alongD, alongH, alongW] = places
  const [before, after] = [pads.slice(0, 3) as [number, number, number], pads.slice(3)]
  const valueMoves = (value.shape[0] as number) < (kernel.shape[0] as number)
  const ofValue = { volume: value, before: [0, 0, 0, before[1], before[2]], after: [0, 0, 0, ...after.slice(1)], block }
  const ofKernel = { volume: kernel, before: [0, 0, 0, 0, 0], after: [0, 0, 0, alongH - 1, alongW - 1], block }

  const still = planes(graph, valueMoves ? ofKernel : ofValue, start, end)
  const first = valueMoves ? start - before[0] : start + before[0] - (alongD - 1)
  const around = planes(graph, valueMoves ? ofValue : ofKernel, first, first + alongD - 1 + end - start)
  const moved = (valueMoves ? counted(alongD) : counted(alongD).reverse()).map((d) =>
    slice(graph, around, 2, d, d + end - start)
  )

  const width = still.shape[4] as number
  const [lines, columns] = [counted(alongH).map((h) => h * width), counted(alongW)]
  const [left, right] = valueMoves ? [lines, columns] : [columns, lines]
  const reach = Math.max(...left)
  const length = elementCount(still.shape.slice(1)) + reach + Math.max(...right)
  const fromLeft = left.map((shift) => reach - shift)
  const fromRight = right.map((shift) => reach + shift)
  return timesTransposed(
    graph,
    shiftedRows(graph, valueMoves ? moved : [still], fromLeft, length),
    shiftedRows(graph, valueMoves ? [still] : moved, fromRight, length)
  )
}

interface Margins {
  readonly volume: Value
  /** Zeros before and after each dimension. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly block: number | undefined
}

/** Planes of a volume, with zeros in place of those before its first and behind its last. */
function planes(graph: Graph, { volume, before, after, block }: Margins, start: number, end: number): Value {
  const depth = volume.shape[2] as number
  const seen = planesOf(graph, volume, Math.max(0, start), Math.min(depth, end), block)
  return pad(graph, seen, before.with(2, Math.max(0, -start)), after.with(2, Math.max(0, end - depth)))
}

/** All planes, divided among as many slabs as even as they can be. */
function slabs(depth: number, count: number): [number, number][] {
  const size = Math.ceil(depth / Math.min(depth, count))
  return counted(Math.ceil(depth / size)).map((slab) => [slab * size, Math.min(depth, (slab + 1) * size)])
}

/** Each [C, …] → [C · offsets, length]: each channel's numbers after as many zeros as each offset says, channels outermost. */
function shiftedRows(graph: Graph, values: readonly Value[], offsets: readonly number[], length: number): Value {
  const channels = values[0]?.shape[0] as number
  const zeros = (count: number): Value[] =>
    count === 0 ? [] : [graph.constant([channels, count], new Float32Array(channels * count))]
  const pieces: Value[] = []
  let gap = 0
  for (const value of values) {
    const row = reshape(graph, value, [channels, elementCount(value.shape.slice(1))])
    for (const offset of offsets) {
      pieces.push(...zeros(gap + offset), row)
      gap = length - offset - (row.shape[1] as number)
    }
  }
  const copies = values.length * offsets.length
  return reshape(graph, concat(graph, [...pieces, ...zeros(gap)], 1), [channels * copies, length])
}
