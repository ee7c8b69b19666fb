import { averagePool } from '../../../src/onnx/operators/average-pool.ts'
import { maxPool } from '../../../src/onnx/operators/max-pool.ts'
import { type PerAxis, sumBlocks, upsample } from '../../../src/onnx/operators/resample.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, type Exact, type Index, tabulate } from './reference.ts'

const grid = [2, 2, 4, 6, 4]
const coarse = [1, 2, 2, 3, 2]

/** One number from the elements of each block. */
function ofBlocks(x: Exact, edges: PerAxis, reduce: (block: number[]) => number): Exact {
  const dims = x.dims.map((n, axis) => n / (edges[axis - 2] ?? 1))
  return tabulate(dims, (index) => {
    const { data } = tabulate(edges, (place) =>
      at(
        x,
        index.map((n, axis) => n * (edges[axis - 2] ?? 1) + (place[axis - 2] ?? 0))
      )
    )
    return reduce([...data])
  })
}

const summed = (block: number[]): number => block.reduce((whole, x) => whole + x, 0)

/** Interpolated between element centres; the ends are continued. */
function interpolated(x: Exact, factors: PerAxis): Exact {
  const positions = (index: Index): number[] => index.map((n, axis) => (n + 0.5) / (factors[axis - 2] ?? 1) - 0.5)
  const dims = x.dims.map((n, axis) => n * (factors[axis - 2] ?? 1))
  return tabulate(dims, (index) => {
    let result = 0
    const position = positions(index)
    for (let corner = 0; corner < 8; corner++) {
      let weight = 1
      const neighbour = position.map((p, axis) => {
        const upper = axis < 2 ? 0 : (corner >> (axis - 2)) & 1
        const share = p - Math.floor(p)
        weight *= axis < 2 ? 1 : upper === 1 ? share : 1 - share
        return Math.min((x.dims[axis] as number) - 1, Math.max(0, Math.floor(p) + upper))
      })
      result += weight * at(x, neighbour)
    }
    return result
  })
}

function repeated(x: Exact, factors: PerAxis): Exact {
  const dims = x.dims.map((n, axis) => n * (factors[axis - 2] ?? 1))
  return tabulate(dims, (index) =>
    at(
      x,
      index.map((n, axis) => Math.floor(n / (factors[axis - 2] ?? 1)))
    )
  )
}

const cubes: PerAxis = [2, 2, 2]
const uneven: PerAxis = [1, 3, 2]

/** What makes grids coarser and finer. */
export const poolingCases: readonly OperatorCase[] = [
  ...[cubes, uneven].flatMap((factors): OperatorCase[] => [
    {
      name: `maxPool by ${factors}`,
      shapes: [grid],
      build: (g, x) => maxPool(g, x, factors),
      reference: (x) => ofBlocks(x, factors, (block) => Math.max(...block))
    },
    {
      name: `averagePool by ${factors}`,
      shapes: [grid],
      build: (g, x) => averagePool(g, x, factors),
      reference: (x) => ofBlocks(x, factors, (block) => summed(block) / block.length)
    },
    {
      name: `sumBlocks by ${factors}`,
      shapes: [grid],
      build: (g, x) => sumBlocks(g, x, factors),
      reference: (x) => ofBlocks(x, factors, summed)
    },
    {
      name: `upsample by ${factors}, nearest`,
      shapes: [coarse],
      build: (g, x) => upsample(g, x, 'nearest', factors),
      reference: (x) => repeated(x, factors)
    },
    {
      name: `upsample by ${factors}, linear`,
      shapes: [coarse],
      build: (g, x) => upsample(g, x, 'linear', factors),
      reference: (x) => interpolated(x, factors)
    }
  ])
]
