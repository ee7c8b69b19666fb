import { add, divide, multiply, negate, scaled, subtract } from '../../../src/onnx/operators/arithmetic.ts'
import { atLeast, equal } from '../../../src/onnx/operators/comparison.ts'
import {
  errorFunction,
  exponential,
  hyperbolicTangent,
  logarithm,
  maximum,
  minimum,
  sigmoid,
  softplus,
  squareRoot
} from '../../../src/onnx/operators/functions.ts'
import { matmul } from '../../../src/onnx/operators/matmul.ts'
import { absolute, power } from '../../../src/onnx/operators/power.ts'
import { erf } from './erf.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, broadcast, elementwise, sum, tabulate } from './reference.ts'

const whole = [2, 3, 4]
const positive = [0.5, 3] as const

/** Numbers, one by one, and products of matrices. */
export const arithmeticCases: readonly OperatorCase[] = [
  {
    name: 'power',
    shapes: [whole],
    range: positive,
    build: (graph, value) => power(graph, value, graph.scalar(2.5)),
    reference: elementwise((x) => x ** 2.5)
  },
  { name: 'absolute', shapes: [whole], build: absolute, reference: elementwise(Math.abs) },
  { name: 'add', shapes: [whole, whole], build: add, reference: broadcast((x, y) => x + y) },
  { name: 'add, broadcast', shapes: [whole, [3, 1]], build: add, reference: broadcast((x, y) => x + y) },
  { name: 'subtract, broadcast', shapes: [[3, 1], whole], build: subtract, reference: broadcast((x, y) => x - y) },
  { name: 'multiply, broadcast', shapes: [whole, [1, 3, 1]], build: multiply, reference: broadcast((x, y) => x * y) },
  {
    name: 'multiply by itself',
    shapes: [[5]],
    build: (g, a) => multiply(g, a, a),
    reference: elementwise((x) => x * x)
  },
  {
    name: 'divide, broadcast',
    shapes: [[2, 3], [3]],
    range: positive,
    build: divide,
    reference: broadcast((x, y) => x / y)
  },
  { name: 'negate', shapes: [[4]], build: negate, reference: elementwise((x) => -x) },
  { name: 'scaled', shapes: [[4]], build: (g, a) => scaled(g, a, 3), reference: elementwise((x) => 3 * x) },
  { name: 'squareRoot', shapes: [[6]], range: positive, build: squareRoot, reference: elementwise(Math.sqrt) },
  { name: 'exponential', shapes: [[6]], build: exponential, reference: elementwise(Math.exp) },
  { name: 'logarithm', shapes: [[6]], range: positive, build: logarithm, reference: elementwise(Math.log) },
  {
    name: 'sigmoid',
    shapes: [[12]],
    range: [-8, 8],
    build: sigmoid,
    reference: elementwise((x) => 1 / (1 + Math.exp(-x)))
  },
  { name: 'hyperbolicTangent', shapes: [[12]], build: hyperbolicTangent, reference: elementwise(Math.tanh) },
  {
    name: 'softplus',
    shapes: [[12]],
    range: [-30, 30],
    build: softplus,
    reference: elementwise((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))))
  },
  { name: 'errorFunction', shapes: [[12]], build: errorFunction, reference: elementwise(erf) },
  {
    name: 'minimum',
    shapes: [[8], [8]],
    differentiable: false,
    build: minimum,
    reference: broadcast((x, y) => Math.min(x, y))
  },
  {
    name: 'maximum',
    shapes: [[8], [8]],
    differentiable: false,
    build: maximum,
    reference: broadcast((x, y) => Math.max(x, y))
  },
  {
    name: 'equal',
    shapes: [[2, 4], [4]],
    differentiable: false,
    build: (g, a, b) => equal(g, a, minimum(g, a, b)),
    reference: broadcast((x, y) => (x <= y ? 1 : 0))
  },
  {
    name: 'atLeast',
    shapes: [[2, 4], [4]],
    differentiable: false,
    build: atLeast,
    reference: broadcast((x, y) => (x >= y ? 1 : 0))
  },
  {
    name: 'matmul, broadcast',
    shapes: [
      [2, 3, 4],
      [4, 5]
    ],
    build: matmul,
    reference: (a, b) => tabulate([2, 3, 5], ([n = 0, i = 0, j = 0]) => sum(4, (k) => at(a, [n, i, k]) * at(b, [k, j])))
  },
  {
    name: 'matmul, broadcast on the left',
    shapes: [
      [3, 4],
      [2, 4, 5]
    ],
    build: matmul,
    reference: (a, b) => tabulate([2, 3, 5], ([n = 0, i = 0, j = 0]) => sum(4, (k) => at(a, [i, k]) * at(b, [n, k, j])))
  }
]
