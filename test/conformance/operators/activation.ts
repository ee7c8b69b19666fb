import { elu, gelu, leakyRelu, mish, parametricRelu, relu, silu } from '../../../src/onnx/operators/activation.ts'
import { logSoftmax, softmax } from '../../../src/onnx/operators/softmax.ts'
import { erf } from './erf.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, type Exact, elementwise, sum, tabulate } from './reference.ts'

const range = [-4, 4] as const
const volume = [2, 3, 2, 1, 2]

function logProbability(x: Exact, [n = 0, c = 0, k = 0]: readonly number[]): number {
  const shares = sum(x.dims[1] as number, (other) => Math.exp(at(x, [n, other, k])))
  return at(x, [n, c, k]) - Math.log(shares)
}

/** Nonlinear functions of a network's features, and what makes logits probabilities. */
export const activationCases: readonly OperatorCase[] = [
  { name: 'relu', shapes: [[20]], range, build: relu, reference: elementwise((x) => Math.max(x, 0)) },
  {
    name: 'leakyRelu',
    shapes: [[20]],
    range,
    build: (g, x) => leakyRelu(g, x, 0.1),
    reference: elementwise((x) => (x > 0 ? x : 0.1 * x))
  },
  {
    name: 'parametricRelu',
    shapes: [volume, [3]],
    build: parametricRelu,
    reference: (x, slope) =>
      tabulate(volume, (index) => {
        const value = at(x, index)
        return value > 0 ? value : value * at(slope, [index[1] as number])
      })
  },
  { name: 'elu', shapes: [[20]], range, build: elu, reference: elementwise((x) => (x > 0 ? x : Math.expm1(x))) },
  {
    name: 'gelu',
    shapes: [[20]],
    range,
    build: gelu,
    reference: elementwise((x) => (x / 2) * (1 + erf(x / Math.SQRT2)))
  },
  { name: 'silu', shapes: [[20]], range, build: silu, reference: elementwise((x) => x / (1 + Math.exp(-x))) },
  {
    name: 'mish',
    shapes: [[20]],
    range,
    build: mish,
    reference: elementwise((x) => x * Math.tanh(Math.log1p(Math.exp(x))))
  },
  {
    name: 'softmax',
    shapes: [[2, 3, 4]],
    build: (g, x) => softmax(g, x, 1),
    reference: (x) => tabulate(x.dims, (index) => Math.exp(logProbability(x, index)))
  },
  {
    name: 'logSoftmax',
    shapes: [[2, 3, 4]],
    build: (g, x) => logSoftmax(g, x, 1),
    reference: (x) => tabulate(x.dims, (index) => logProbability(x, index))
  }
]
