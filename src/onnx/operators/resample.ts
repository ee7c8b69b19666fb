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

/** How an axis is made finer: 'nearest' repeats each element, 'linear' interpolates between element centres. */
export type Upsampling = 'nearest' | 'linear'

/** Whole numbers for the axes D, H, W of [N, C, D, H, W]. */
export type PerAxis = readonly [number, number, number]

const doubled: PerAxis = [2, 2, 2]

/**
 * Makes the last three dimensions of [N, C, D, H, W] finer by whole factors. One small matrix product per axis: the
 * inner axis of Resize and Expand is copied number by number, a product runs at the speed of the matrix kernels.
 */
export function upsample(
  graph: Graph,
  value: Value,
  method: Upsampling = 'nearest',
  factors: PerAxis = doubled
): Value {
  return factors.reduce((result, factor, at) => {
    if (factor === 1) return result
    return alongAxis(graph, result, at + 2, refining(dimension(result.shape, at + 2), factor, method))
  }, value)
}

/** Sums of blocks of the last three dimensions of [N, C, D, H, W]; the adjoint of nearest up-sampling. */
export function sumBlocks(graph: Graph, value: Value, factors: PerAxis = doubled): Value {
  return [4, 3, 2].reduce((result, axis) => {
    const factor = factors[axis - 2] as number
    if (factor === 1) return result
    const blocks = dimension(result.shape, axis) / factor
    return alongAxis(graph, result, axis, transposed(refining(blocks, factor, 'nearest')))
  }, value)
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

/** The matrix that makes a line of `length` elements `factor` times finer; its ends are continued as constants. */
function refining(length: number, factor: number, method: Upsampling): FixedMatrix {
  const rows = factor * length
  const numbers = new Array<number>(rows * length).fill(0)
  for (let row = 0; row < rows; row++) {
    // Centre of the fine element, in coarse elements.
    const position = (row + 0.5) / factor - 0.5
    const near = method === 'nearest' ? Math.floor(row / factor) : Math.floor(position)
    const share = method === 'nearest' ? 0 : position - near
    for (const [element, weight] of [
      [near, 1 - share],
      [near + 1, share]
    ] as const) {
      const at = row * length + Math.min(length - 1, Math.max(0, element))
      numbers[at] = (numbers[at] as number) + weight
    }
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
