import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../src/core/random.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { Graph, type Value } from '../../src/onnx/graph.ts'
import { leakyRelu, relu } from '../../src/onnx/operators/activation.ts'
import { add, divide, multiply, negate, subtract } from '../../src/onnx/operators/arithmetic.ts'
import { concat } from '../../src/onnx/operators/concat.ts'
import { conv } from '../../src/onnx/operators/conv.ts'
import { transposedConv } from '../../src/onnx/operators/conv-transpose.ts'
import { expand } from '../../src/onnx/operators/expand.ts'
import { exponential, logarithm, squareRoot } from '../../src/onnx/operators/functions.ts'
import { groupNormalization } from '../../src/onnx/operators/group-normalization.ts'
import { instanceNormalization } from '../../src/onnx/operators/instance-normalization.ts'
import { matmul } from '../../src/onnx/operators/matmul.ts'
import { maxPool } from '../../src/onnx/operators/max-pool.ts'
import { pad } from '../../src/onnx/operators/pad.ts'
import { reduceMean, reduceSum, reduceSumSquare, total } from '../../src/onnx/operators/reduce.ts'
import { sumBlocks, upsample } from '../../src/onnx/operators/resample.ts'
import { reshape } from '../../src/onnx/operators/reshape.ts'
import { reverse, slice } from '../../src/onnx/operators/slice.ts'
import { logSoftmax, softmax } from '../../src/onnx/operators/softmax.ts'
import { transpose } from '../../src/onnx/operators/transpose.ts'
import { elementCount, type Shape } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'

interface Case {
  readonly name: string
  readonly shapes: readonly Shape[]
  /** Added to every input, where the operator wants positive numbers. */
  readonly above?: number
  build(graph: Graph, inputs: readonly [Value, Value, Value]): Value
}

const cases: readonly Case[] = [
  {
    name: 'add',
    shapes: [
      [2, 3],
      [2, 3]
    ],
    build: (g, [a, b]) => add(g, a, b)
  },
  {
    name: 'add, broadcast',
    shapes: [
      [2, 3, 4],
      [3, 1]
    ],
    build: (g, [a, b]) => add(g, a, b)
  },
  {
    name: 'subtract, broadcast',
    shapes: [
      [3, 1],
      [2, 3, 4]
    ],
    build: (g, [a, b]) => subtract(g, a, b)
  },
  {
    name: 'multiply, broadcast',
    shapes: [
      [2, 3, 4],
      [1, 3, 1]
    ],
    build: (g, [a, b]) => multiply(g, a, b)
  },
  { name: 'multiply by itself', shapes: [[5]], build: (g, [a]) => multiply(g, a, a) },
  { name: 'divide, broadcast', shapes: [[2, 3], [3]], above: 1, build: (g, [a, b]) => divide(g, a, b) },
  { name: 'negate', shapes: [[4]], build: (g, [a]) => negate(g, a) },
  { name: 'squareRoot', shapes: [[6]], above: 1, build: (g, [a]) => squareRoot(g, a) },
  { name: 'exponential', shapes: [[6]], build: (g, [a]) => exponential(g, a) },
  { name: 'logarithm', shapes: [[6]], above: 1, build: (g, [a]) => logarithm(g, a) },
  { name: 'relu', shapes: [[20]], build: (g, [a]) => relu(g, a) },
  { name: 'leakyRelu', shapes: [[20]], build: (g, [a]) => leakyRelu(g, a, 0.1) },
  { name: 'reduceSum', shapes: [[2, 3, 4]], build: (g, [a]) => reduceSum(g, a, [0, 2]) },
  { name: 'reduceMean', shapes: [[2, 3, 4]], build: (g, [a]) => reduceMean(g, a, [1, 2]) },
  { name: 'reduceSumSquare', shapes: [[2, 3, 4]], build: (g, [a]) => reduceSumSquare(g, a, [1]) },
  { name: 'expand', shapes: [[1, 3, 1]], build: (g, [a]) => expand(g, a, [2, 3, 4]) },
  {
    name: 'expand, then multiply',
    shapes: [
      [1, 3, 1],
      [2, 3, 4]
    ],
    build: (g, [a, b]) => multiply(g, expand(g, a, [2, 3, 4]), b)
  },
  { name: 'reshape', shapes: [[2, 6]], build: (g, [a]) => reshape(g, a, [3, 4]) },
  { name: 'transpose', shapes: [[2, 3, 4]], build: (g, [a]) => transpose(g, a, [2, 0, 1]) },
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 1],
      [2, 4]
    ],
    build: (g, inputs) => concat(g, inputs, 1)
  },
  { name: 'slice', shapes: [[2, 5]], build: (g, [a]) => slice(g, a, 1, 1, 4) },
  { name: 'reverse', shapes: [[2, 5]], build: (g, [a]) => reverse(g, a, 1) },
  { name: 'pad', shapes: [[2, 3]], build: (g, [a]) => pad(g, a, [1, 0], [0, 2]) },
  {
    name: 'matmul',
    shapes: [
      [2, 3, 4],
      [4, 5]
    ],
    build: (g, [a, b]) => matmul(g, a, b)
  },
  {
    name: 'matmul, fixed on the left',
    shapes: [
      [3, 4],
      [2, 4, 5]
    ],
    build: (g, [a, b]) => matmul(g, a, b)
  },
  { name: 'softmax', shapes: [[2, 3, 4]], build: (g, [a]) => softmax(g, a, 1) },
  { name: 'logSoftmax', shapes: [[2, 3, 4]], build: (g, [a]) => logSoftmax(g, a, 1) },
  { name: 'upsample, nearest', shapes: [[1, 2, 2, 3, 1]], build: (g, [a]) => upsample(g, a, 'nearest') },
  { name: 'upsample, linear', shapes: [[2, 1, 3, 2, 1]], build: (g, [a]) => upsample(g, a, 'linear') },
  { name: 'sumBlocks', shapes: [[1, 2, 2, 4, 2]], build: (g, [a]) => sumBlocks(g, a) },
  { name: 'maxPool', shapes: [[2, 2, 2, 4, 2]], build: (g, [a]) => maxPool(g, a) },
  {
    name: 'conv, kernel 3',
    shapes: [[1, 2, 3, 4, 5], [3, 2, 3, 3, 3], [3]],
    build: (g, [x, w, b]) => conv(g, x, w, b)
  },
  {
    name: 'conv, kernel 1',
    shapes: [
      [2, 3, 2, 2, 2],
      [2, 3, 1, 1, 1]
    ],
    build: (g, [x, w]) => conv(g, x, w)
  },
  {
    name: 'conv, kernel 5',
    shapes: [
      [1, 1, 3, 2, 2],
      [1, 1, 5, 5, 5]
    ],
    build: (g, [x, w]) => conv(g, x, w)
  },
  {
    name: 'conv of two items, widening',
    shapes: [
      [2, 1, 2, 3, 2],
      [3, 1, 3, 3, 3]
    ],
    build: (g, [x, w]) => conv(g, x, w)
  },
  {
    name: 'conv of two items',
    shapes: [
      [2, 2, 2, 3, 2],
      [2, 2, 3, 3, 3]
    ],
    build: (g, [x, w]) => conv(g, x, w)
  },
  {
    name: 'transposedConv',
    shapes: [
      [2, 3, 2, 1, 2],
      [16, 3, 1, 1, 1]
    ],
    build: (g, [x, w]) => transposedConv(g, x, w)
  },
  {
    name: 'instanceNormalization',
    shapes: [[2, 2, 2, 3, 2], [2], [2]],
    build: (g, [x, scale, bias]) => instanceNormalization(g, x, scale, bias)
  },
  {
    name: 'groupNormalization',
    shapes: [[2, 4, 2, 2, 2], [4], [4]],
    build: (g, [x, scale, bias]) => groupNormalization(g, x, 2, scale, bias)
  }
]

/** Numbers no two of which, nor one and zero, lie closer than a finite difference reaches across. */
function spacedNumbers(random: Random, count: number, above: number | undefined): Float32Array {
  const spacing = 0.03
  const shift = above ?? (-spacing * count) / 2 + 0.011
  const numbers = Float32Array.from({ length: count }, (_, at) => shift + spacing * at)
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(0, at)
    const kept = numbers[at] as number
    numbers[at] = numbers[other] as number
    numbers[other] = kept
  }
  return numbers
}

const finiteStep = 4e-3

describe('the gradient of an operator agrees with finite differences', () => {
  it.each(cases)('$name', async ({ shapes, above, build }) => {
    const random = createRandom(5)
    const graph = new Graph()
    const values = shapes.map((shape, index) => graph.input(`input${index}`, shape))
    const result = build(graph, values as unknown as [Value, Value, Value])
    const projection = Float32Array.from({ length: elementCount(result.shape) }, () => random.uniform(-1, 1))
    const loss = total(graph, multiply(graph, result, graph.constant(result.shape, projection)))
    graph.output('loss', loss)
    gradients(graph, loss, values).forEach((gradient, index) => {
      expect(gradient.shape).toEqual(values[index]?.shape)
      graph.output(`gradient${index}`, gradient)
    })
    const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
    const point = shapes.map((shape) => spacedNumbers(random, elementCount(shape), above))
    const feeds = (numbers: readonly Float32Array[]): Record<string, Tensor> =>
      Object.fromEntries(numbers.map((data, index) => [`input${index}`, { dims: shapes[index] as Shape, data }]))
    const lossAt = async (numbers: readonly Float32Array[]): Promise<number> =>
      (await session.run(feeds(numbers), ['loss'])).loss?.data[0] as number
    const found = await session.run(feeds(point))

    for (let index = 0; index < shapes.length; index++) {
      const gradient = found[`gradient${index}`]?.data as Float32Array
      for (let trial = 0; trial < 3; trial++) {
        const direction = gradient.map(() => random.uniform(-1, 1))
        const moved = (sign: number): Float32Array[] =>
          point.map((numbers, at) =>
            at === index ? numbers.map((x, n) => x + sign * finiteStep * (direction[n] as number)) : numbers
          )
        const measured = ((await lossAt(moved(1))) - (await lossAt(moved(-1)))) / (2 * finiteStep)
        const derived = gradient.reduce((sum, g, n) => sum + g * (direction[n] as number), 0)
        // float32 keeps about six digits of the loss, of which the difference of two loses three.
        const size = Math.hypot(...gradient)
        expect(Math.abs(measured - derived)).toBeLessThan(5e-3 * size + 1e-4)
        expect(size).toBeGreaterThan(0)
      }
    }
    await session.release()
  })
})
