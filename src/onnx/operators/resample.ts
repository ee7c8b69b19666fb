import type { Graph, Value } from '../graph.ts'
import { dimension } from '../shape.ts'
import { matmul } from './matmul.ts'
import { reshape } from './reshape.ts'

/** A matrix of fixed numbers, row-major. */
interface FixedMatrix {
  readonly rows: number
  readonly columns: number
  readonly numbers: readonly number[]
}

/** How one axis is doubled: 'nearest' repeats each element, 'linear' interpolates between element centres. */
export type Upsampling = 'nearest' | 'linear'

/**
 * Doubles the last three dimensions of [N, C, D, H, W]. One small matrix product per axis: the inner axis of Resize
 * and Expand is copied number by number, a product runs at the speed of the matrix kernels.
 */
export function upsample(graph: Graph, value: Value, method: Upsampling = 'nearest'): Value {
  return [2, 3, 4].reduce(
    (result, axis) => alongAxis(graph, result, axis, doubling(dimension(result.shape, axis), method)),
    value
  )
}

/** Sums of 2 × 2 × 2 blocks of the last three dimensions of [N, C, D, H, W]; the adjoint of nearest up-sampling. */
export function sumBlocks(graph: Graph, value: Value): Value {
  return [4, 3, 2].reduce(
    (result, axis) =>
      alongAxis(graph, result, axis, transposed(doubling(dimension(result.shape, axis) / 2, 'nearest'))),
    value
  )
}

/** Multiplies every line along one axis of a tensor by a fixed matrix. */
function alongAxis(graph: Graph, value: Value, axis: number, matrix: FixedMatrix): Value {
  const { shape } = value
  const result = shape.map((n, at) => (at === axis ? matrix.rows : n))
  const outer = shape.slice(0, axis).reduce((product, n) => product * n, 1)
  const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1)
  if (inner === 1) {
    const { rows, columns, numbers } = transposed(matrix)
    const lines = reshape(graph, value, [outer, matrix.columns])
    return reshape(graph, matmul(graph, lines, graph.constant([rows, columns], numbers)), result)
  }
  const planes = reshape(graph, value, [outer, matrix.columns, inner])
  const constant = graph.constant([matrix.rows, matrix.columns], matrix.numbers)
  return reshape(graph, matmul(graph, constant, planes), result)
}

function doubling(length: number, method: Upsampling): FixedMatrix {
  const rows = 2 * length
  const numbers = new Array<number>(rows * length).fill(0)
  for (let row = 0; row < rows; row++) {
    const near = row >> 1
    const far = Math.min(length - 1, Math.max(0, near + (row % 2 === 0 ? -1 : 1)))
    const share = method === 'nearest' ? 1 : 0.75
    numbers[row * length + near] = share
    numbers[row * length + far] = (numbers[row * length + far] as number) + (1 - share)
  }
  return { rows, columns: length, numbers }
}

function transposed({ rows, columns, numbers }: FixedMatrix): FixedMatrix {
  const flipped = Array.from(
    { length: rows * columns },
    (_, at) => numbers[(at % rows) * columns + Math.floor(at / rows)] as number
  )
  return { rows: columns, columns: rows, numbers: flipped }
}
