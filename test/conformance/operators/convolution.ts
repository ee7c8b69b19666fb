import { type ConvOptions, conv } from '../../../src/onnx/operators/conv.ts'
import { transposedConv } from '../../../src/onnx/operators/conv-transpose.ts'
import type { PerAxis } from '../../../src/onnx/operators/resample.ts'
import type { Shape } from '../../../src/onnx/shape.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, type Exact, sum, tabulate } from './reference.ts'

/** The sums a convolution is defined as. */
function convolved(x: Exact, weight: Exact, bias: Exact | undefined, options: ConvOptions): Exact {
  const [items, , ...grid] = x.dims as [number, number, ...number[]]
  const [outputs, channels, ...kernel] = weight.dims as [number, number, ...number[]]
  const { strides = [1, 1, 1], dilations = [1, 1, 1], groups = 1, pads } = options
  const before = (axis: 0 | 1 | 2): number => pads?.[axis] ?? (dilations[axis] * ((kernel[axis] as number) - 1)) / 2
  const places = grid.map((n, axis) => {
    const own = axis as 0 | 1 | 2
    const reach = dilations[own] * ((kernel[axis] as number) - 1)
    const padded = n + before(own) + (pads?.[axis + 3] ?? before(own))
    return Math.floor((padded - reach - 1) / strides[own]) + 1
  })
  return tabulate([items, outputs, ...places], ([n = 0, o = 0, d = 0, h = 0, w = 0]) => {
    const first = Math.floor((o * groups) / outputs) * channels
    const product = (c: number, a: number, b: number, e: number): number =>
      at(weight, [o, c, a, b, e]) *
      at(x, [
        n,
        first + c,
        d * strides[0] + a * dilations[0] - before(0),
        h * strides[1] + b * dilations[1] - before(1),
        w * strides[2] + e * dilations[2] - before(2)
      ])
    const [depth, height, width] = kernel as [number, number, number]
    const products = sum(channels, (c) => sum(depth, (a) => sum(height, (b) => sum(width, (e) => product(c, a, b, e)))))
    return products + (bias === undefined ? 0 : at(bias, [o]))
  })
}

function convolutionCase(name: string, x: Shape, weight: Shape, options: ConvOptions = {}): OperatorCase {
  return {
    name: `conv, ${name}`,
    shapes: [x, weight],
    build: (g, a, w) => conv(g, a, w, undefined, options),
    reference: (a, w) => convolved(a, w, undefined, options)
  }
}

function transposedCase(name: string, factors: PerAxis): OperatorCase {
  const [a, b, c] = factors
  const outputs = 2
  return {
    name: `transposedConv, ${name}`,
    shapes: [
      [2, 3, 2, 1, 2],
      [a * b * c * outputs, 3, 1, 1, 1]
    ],
    build: (g, x, w) => transposedConv(g, x, w, factors),
    // Each voxel of a block has weights of its own.
    reference: (x, weight) =>
      tabulate([2, outputs, 2 * a, b, 2 * c], ([n = 0, o = 0, d = 0, h = 0, w = 0]) => {
        const place = ((d % a) * b + (h % b)) * c + (w % c)
        const voxel = [Math.floor(d / a), Math.floor(h / b), Math.floor(w / c)]
        return sum(3, (i) => at(weight, [place * outputs + o, i, 0, 0, 0]) * at(x, [n, i, ...voxel]))
      })
  }
}

const noPads = [0, 0, 0, 0, 0, 0]

/** Convolutions of every kind. */
export const convolutionCases: readonly OperatorCase[] = [
  {
    name: 'conv, kernel 1, with bias',
    shapes: [[1, 2, 2, 2, 2], [3, 2, 1, 1, 1], [3]],
    build: (g, x, w, bias) => conv(g, x, w, bias),
    reference: (x, w, bias) => convolved(x, w, bias, {})
  },
  convolutionCase('kernel 3', [1, 2, 3, 2, 3], [2, 2, 3, 3, 3]),
  convolutionCase('kernel 3, to more channels', [1, 1, 3, 2, 3], [3, 1, 3, 3, 3]),
  convolutionCase('kernel 3, of two items', [2, 2, 2, 3, 2], [2, 2, 3, 3, 3]),
  convolutionCase('kernel 3, of two items to more channels', [2, 1, 2, 3, 2], [3, 1, 3, 3, 3]),
  convolutionCase('kernel 5', [1, 1, 3, 2, 2], [1, 1, 5, 5, 5]),
  convolutionCase('kernel 7', [1, 1, 2, 3, 2], [1, 1, 7, 7, 7]),
  convolutionCase('kernel per axis', [1, 2, 2, 3, 4], [2, 2, 1, 3, 5]),
  convolutionCase('kernel per axis, of two items', [2, 1, 3, 2, 3], [2, 1, 3, 3, 1]),
  convolutionCase('strided', [1, 2, 4, 4, 2], [2, 2, 3, 3, 3], { strides: [2, 2, 2] }),
  convolutionCase('strided, kernel as large', [2, 2, 4, 2, 2], [3, 2, 2, 2, 2], { strides: [2, 2, 2], pads: noPads }),
  convolutionCase('stride per axis', [1, 1, 2, 4, 4], [2, 1, 3, 3, 3], { strides: [1, 2, 2] }),
  convolutionCase('strided, voxels left over', [1, 1, 4, 5, 3], [1, 1, 1, 2, 2], { strides: [3, 2, 2], pads: noPads }),
  convolutionCase('dilated', [1, 1, 4, 5, 3], [2, 1, 3, 3, 3], { dilations: [2, 2, 2] }),
  convolutionCase('dilation per axis', [1, 2, 2, 3, 5], [1, 2, 1, 3, 3], { dilations: [1, 1, 2] }),
  convolutionCase('depthwise', [2, 3, 2, 3, 2], [3, 1, 3, 3, 3], { groups: 3 }),
  convolutionCase('in groups', [1, 4, 2, 2, 3], [6, 2, 3, 3, 3], { groups: 2 }),
  convolutionCase('in groups, strided and dilated', [2, 2, 4, 4, 3], [4, 1, 3, 3, 3], {
    groups: 2,
    strides: [2, 2, 1],
    dilations: [1, 2, 1]
  }),
  transposedCase('doubling', [2, 2, 2]),
  transposedCase('factor per axis', [1, 2, 2]),
  transposedCase('but for the rows', [2, 3, 1])
]
