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
 * Laid out in rows with zeros between lines and planes, a shift in space is a shift along the row. Copying one side k³
 * times costs more than the products, so the shifts are divided: one side is copied k times, shifted along W, the
 * other, with fewer channels, k² times, shifted the opposite way along D and H. A single product of all copies with all
 * copies then holds every kernel position.
 */
export function convWeightGradient(graph: Graph, value: Value, upstream: Value, kernel: number): Value {
  const [items, channels, , height, width] = value.shape as [number, number, number, number, number]
  const outputs = upstream.shape[1] as number
  const margin = kernel - 1
  const half = margin / 2
  const offsets = Array.from({ length: kernel }, (_, offset) => offset)
  const alongW = offsets
  const alongDH = offsets.flatMap((d) => offsets.map((h) => (d * (height + margin) + h) * (width + margin)))
  const [early, late] = channels < outputs ? [alongDH, alongW] : [alongW, alongDH]

  const operand = pad(graph, channelsFirst(graph, value), [0, 0, half, half, half], [0, 0, half, half, half])
  // Planes of zeros at the end of an item only matter where another item follows.
  const gradient = pad(
    graph,
    channelsFirst(graph, upstream),
    [0, 0, 0, 0, 0],
    [0, 0, items > 1 ? margin : 0, margin, margin]
  )
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
    const positions = reshape(graph, products, [channels, kernel, kernel, outputs, kernel])
    return transpose(graph, positions, [3, 0, 1, 2, 4])
  }
  const positions = reshape(graph, products, [channels, kernel, outputs, kernel, kernel])
  return transpose(graph, positions, [2, 0, 3, 4, 1])
}

function rowLength(value: Value): number {
  return value.shape.slice(1).reduce((product, n) => product * n, 1)
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

/** [N, C, D, H, W] → [C, N, D, H, W]; without moving anything for a single item. */
function channelsFirst(graph: Graph, value: Value): Value {
  const [items, channels, ...grid] = value.shape as [number, number, number, number, number]
  return items === 1 ? reshape(graph, value, [channels, 1, ...grid]) : transpose(graph, value, [1, 0, 2, 3, 4])
}
