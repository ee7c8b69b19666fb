import { multiply } from '../../../src/onnx/operators/arithmetic.ts'
import { concat } from '../../../src/onnx/operators/concat.ts'
import { expand } from '../../../src/onnx/operators/expand.ts'
import { pad } from '../../../src/onnx/operators/pad.ts'
import { reduceMax, reduceMean, reduceSum, reduceSumSquare, total } from '../../../src/onnx/operators/reduce.ts'
import { reshape } from '../../../src/onnx/operators/reshape.ts'
import { reverse, slice } from '../../../src/onnx/operators/slice.ts'
import { transpose } from '../../../src/onnx/operators/transpose.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, sum, tabulate } from './reference.ts'

const whole = [2, 3, 4]

/** Reductions, and what only moves numbers. */
export const shapeCases: readonly OperatorCase[] = [
  {
    name: 'reduceSum',
    shapes: [whole],
    build: (g, a) => reduceSum(g, a, [0, 2]),
    reference: (a) => tabulate([1, 3, 1], ([, j = 0]) => sum(2, (i) => sum(4, (k) => at(a, [i, j, k]))))
  },
  {
    name: 'reduceMean',
    shapes: [whole],
    build: (g, a) => reduceMean(g, a, [1, 2]),
    reference: (a) => tabulate([2, 1, 1], ([i = 0]) => sum(3, (j) => sum(4, (k) => at(a, [i, j, k]))) / 12)
  },
  {
    name: 'reduceSumSquare',
    shapes: [whole],
    build: (g, a) => reduceSumSquare(g, a, [1]),
    reference: (a) => tabulate([2, 1, 4], ([i = 0, , k = 0]) => sum(3, (j) => at(a, [i, j, k]) ** 2))
  },
  {
    name: 'reduceMax',
    shapes: [whole],
    differentiable: false,
    build: (g, a) => reduceMax(g, a, [1]),
    reference: (a) => tabulate([2, 1, 4], ([i = 0, , k = 0]) => Math.max(...[0, 1, 2].map((j) => at(a, [i, j, k]))))
  },
  {
    name: 'total',
    shapes: [whole],
    build: total,
    reference: ({ data }) => ({ dims: [], data: Float64Array.of(data.reduce((whole, x) => whole + x, 0)) })
  },
  {
    name: 'expand',
    shapes: [[1, 3, 1]],
    build: (g, a) => expand(g, a, whole),
    reference: (a) => tabulate(whole, ([, j = 0]) => at(a, [0, j, 0]))
  },
  {
    name: 'expand, then multiply',
    shapes: [[1, 3, 1], whole],
    build: (g, a, b) => multiply(g, expand(g, a, whole), b),
    reference: (a, b) => tabulate(whole, ([i = 0, j = 0, k = 0]) => at(a, [0, j, 0]) * at(b, [i, j, k]))
  },
  {
    name: 'reshape',
    shapes: [[2, 6]],
    build: (g, a) => reshape(g, a, [3, 4]),
    reference: ({ data }) => ({ dims: [3, 4], data: data.slice() })
  },
  {
    name: 'transpose',
    shapes: [whole],
    build: (g, a) => transpose(g, a, [2, 0, 1]),
    reference: (a) => tabulate([4, 2, 3], ([k = 0, i = 0, j = 0]) => at(a, [i, j, k]))
  },
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 1],
      [2, 4]
    ],
    build: (g, ...inputs) => concat(g, inputs, 1),
    reference: (a, b, c) => tabulate([2, 8], ([i = 0, j = 0]) => at(a, [i, j]) + at(b, [i, j - 3]) + at(c, [i, j - 4]))
  },
  {
    name: 'slice',
    shapes: [[2, 5]],
    build: (g, a) => slice(g, a, 1, 1, 4),
    reference: (a) => tabulate([2, 3], ([i = 0, j = 0]) => at(a, [i, j + 1]))
  },
  {
    name: 'reverse',
    shapes: [[2, 5]],
    build: (g, a) => reverse(g, a, 1),
    reference: (a) => tabulate([2, 5], ([i = 0, j = 0]) => at(a, [i, 4 - j]))
  },
  {
    name: 'pad',
    shapes: [[2, 3]],
    build: (g, a) => pad(g, a, [1, 0], [0, 2]),
    reference: (a) => tabulate([3, 5], ([i = 0, j = 0]) => at(a, [i - 1, j]))
  }
]
