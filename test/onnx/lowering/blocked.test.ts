import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/math/random.ts'
import { encodeGraph } from '../../../src/onnx/encode.ts'
import { gradients } from '../../../src/onnx/gradients.ts'
import { Graph, type Value } from '../../../src/onnx/graph.ts'
import { blockedConcat } from '../../../src/onnx/lowering/blocked-concat.ts'
import { blockedConv, blockedPointwiseConv } from '../../../src/onnx/lowering/blocked-conv.ts'
import { blockedElementwise, blockedMean } from '../../../src/onnx/lowering/blocked-elementwise.ts'
import { blockedMaxPool } from '../../../src/onnx/lowering/blocked-max-pool.ts'
import { blockedNormalization } from '../../../src/onnx/lowering/blocked-normalization.ts'
import { blockedSlice } from '../../../src/onnx/lowering/blocked-slice.ts'
import { blockedTransposedConv } from '../../../src/onnx/lowering/blocked-transposed-conv.ts'
import { giantKernelConvWithin } from '../../../src/onnx/lowering/giant-kernel-conv.ts'
import { rewritten } from '../../../src/onnx/lowering/lower.ts'
import type { Rewrite } from '../../../src/onnx/lowering/rewrite.ts'
import { unitTranspose } from '../../../src/onnx/lowering/unit-transpose.ts'
import { leakyRelu, relu } from '../../../src/onnx/operators/activation.ts'
import { add, multiply, subtract } from '../../../src/onnx/operators/arithmetic.ts'
import { concat } from '../../../src/onnx/operators/concat.ts'
import { conv } from '../../../src/onnx/operators/conv.ts'
import { transposedConv } from '../../../src/onnx/operators/conv-transpose.ts'
import { sigmoid } from '../../../src/onnx/operators/functions.ts'
import { instanceNormalization } from '../../../src/onnx/operators/instance-normalization.ts'
import { maxPool } from '../../../src/onnx/operators/max-pool.ts'
import { total } from '../../../src/onnx/operators/reduce.ts'
import { slice } from '../../../src/onnx/operators/slice.ts'
import { elementCount, type Shape } from '../../../src/onnx/shape.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import type { Tensor } from '../../../src/runtime/session.ts'

const target = await nodeRuntime.target()

/** Draws a weight or a bias of a shape. */
type Draw = (shape: Shape) => Value

interface Case {
  readonly name: string
  readonly image: Shape
  /** The first makes the blocked rows that the second goes on with. */
  readonly rewrites: readonly Rewrite[]
  /** None of the plain graph's nodes of this type is left: those in ONNX's own operator set are of rows, which are 4-D. */
  readonly replaces: string
  build(graph: Graph, image: Value, draw: Draw): Value
}

const hidden = (graph: Graph, image: Value, draw: Draw, channels = 32): Value =>
  conv(graph, image, draw([channels, image.shape[1] as number, 3, 3, 3]), draw([channels]))

const cases: readonly Case[] = [
  {
    name: 'a convolution of one channel',
    image: [1, 1, 4, 6, 5],
    rewrites: [blockedConv],
    replaces: 'Conv',
    build: hidden
  },
  {
    name: 'a convolution of several blocks',
    image: [1, 48, 3, 4, 5],
    rewrites: [blockedConv],
    replaces: 'Conv',
    build: hidden
  },
  {
    name: 'convolutions one after the other, and a pointwise one to few outputs',
    image: [1, 16, 3, 2, 4],
    rewrites: [blockedConv, blockedPointwiseConv],
    replaces: 'Conv',
    build: (graph, image, draw) =>
      conv(graph, hidden(graph, hidden(graph, image, draw), draw), draw([3, 32, 1, 1, 1]), draw([3]))
  },
  ...(
    [
      ['no rectifier', (_: Graph, value: Value) => value],
      ['a rectifier', relu],
      ['a leaky rectifier', (graph: Graph, value: Value) => leakyRelu(graph, value, 0.1)]
    ] as const
  ).map(
    ([what, activate]): Case => ({
      name: `instance normalization and ${what}, before another convolution`,
      image: [1, 16, 4, 3, 5],
      rewrites: [blockedConv, blockedNormalization],
      replaces: 'InstanceNormalization',
      build(graph, image, draw) {
        const normalized = instanceNormalization(graph, hidden(graph, image, draw), draw([32]), draw([32]))
        return hidden(graph, activate(graph, normalized), draw)
      }
    })
  ),
  {
    name: 'maxima of blocks, before another convolution',
    image: [1, 16, 4, 6, 8],
    rewrites: [blockedConv, blockedMaxPool],
    replaces: 'MaxPool',
    build: (graph, image, draw) => hidden(graph, maxPool(graph, hidden(graph, image, draw)), draw)
  },
  {
    name: 'volumes joined along the channels',
    image: [1, 16, 2, 3, 4],
    rewrites: [blockedConv, blockedConcat],
    replaces: 'Concat',
    build: (graph, image, draw) => {
      const [a, b] = [hidden(graph, image, draw), hidden(graph, image, draw, 16)]
      return hidden(graph, concat(graph, [a, b], 1), draw)
    }
  },
  ...(
    [
      ['a volume', 0],
      ['a weight before it', 1],
      ['its scale', 2],
      ['its bias', 3]
    ] as const
  ).map(
    ([what, of]): Case => ({
      name: `the gradient of instance normalization and a leaky rectifier with respect to ${what}`,
      image: [1, 16, 4, 3, 5],
      rewrites: [blockedConv, blockedNormalization, blockedElementwise, blockedMean],
      replaces: 'HardSigmoid',
      build(graph, image, draw) {
        const first = hidden(graph, image, draw)
        const [weight, scale, bias] = [draw([32, 32, 3, 3, 3]), draw([32]), draw([32])]
        const normalized = instanceNormalization(graph, conv(graph, first, weight), scale, bias)
        const result = hidden(graph, leakyRelu(graph, normalized, 0.1), draw, 16)
        const loss = total(graph, multiply(graph, result, result))
        return gradients(graph, loss, [first, weight, scale, bias])[of] as Value
      }
    })
  ),
  {
    name: 'sums, differences and products of volumes, of volumes and numbers, and blocks of the channels of them',
    image: [1, 16, 3, 4, 5],
    rewrites: [blockedConv, blockedElementwise, blockedSlice],
    replaces: 'Sub',
    build: (graph, image, draw) => {
      const [a, b] = [hidden(graph, image, draw), hidden(graph, image, draw)]
      const perChannel = draw([1, 32, 1, 1, 1])
      const affine = add(graph, multiply(graph, a, perChannel), perChannel)
      const sum = add(graph, multiply(graph, b, perChannel), sigmoid(graph, affine))
      const product = multiply(graph, subtract(graph, sum, graph.scalar(0.3)), multiply(graph, a, sum))
      return hidden(graph, slice(graph, subtract(graph, product, b), 1, 16, 32), draw)
    }
  },
  {
    name: 'the gradient of a weight, a few planes of the rows at a time',
    image: [1, 16, 7, 3, 4],
    rewrites: [unitTranspose, giantKernelConvWithin(20_000), blockedConv],
    replaces: 'Conv',
    build: (graph, image, draw) => {
      const weight = draw([16, 32, 3, 3, 3])
      const result = conv(graph, hidden(graph, image, draw), weight)
      return gradients(graph, total(graph, multiply(graph, result, result)), [weight])[0] as Value
    }
  },
  {
    name: 'a transposed convolution, before another convolution',
    image: [1, 16, 2, 3, 4],
    rewrites: [blockedConv, blockedPointwiseConv, blockedTransposedConv],
    replaces: 'MatMul',
    build: (graph, image, draw) =>
      hidden(graph, transposedConv(graph, hidden(graph, image, draw), draw([8 * 32, 32, 1, 1, 1])), draw)
  }
]

async function resultOf(graph: Graph, image: Tensor): Promise<Tensor> {
  const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
  try {
    return (await session.run({ image })).result as Tensor
  } finally {
    await session.release()
  }
}

/** Nodes of ONNX's own operator set that the result depends on, but for those of rows. */
function plainNodes(graph: Graph, type: string): number {
  const needed = new Set(graph.outputs.values())
  for (const node of [...graph.nodes].reverse()) {
    if (needed.has(node.result)) for (const input of node.inputs) needed.add(input)
  }
  return graph.nodes.filter(
    ({ type: own, domain, result }) =>
      own === type && domain === undefined && result.shape.length !== 4 && needed.has(result)
  ).length
}

describe.skipIf(target.block === undefined)('blocked rows compute what the plain graph computes', () => {
  it.each(cases)('$name', async ({ image: dims, rewrites, replaces, build }) => {
    const random = createRandom(7)
    const normals = (shape: Shape): Float32Array =>
      Float32Array.from({ length: elementCount(shape) }, () => random.normal())
    const plain = new Graph()
    const draw: Draw = (shape) => plain.constant(shape, normals(shape))
    plain.output('result', build(plain, plain.input('image', dims), draw))
    const image = { dims, data: normals(dims) }
    const fast = rewritten(plain, rewrites, target)
    expect(plainNodes(fast, replaces)).toBe(0)
    const [expected, actual] = [await resultOf(plain, image), await resultOf(fast, image)]
    expect(actual.dims).toEqual(expected.dims)
    const size = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const worst = expected.data.reduce((most, x, at) => Math.max(most, Math.abs(x - (actual.data[at] as number))), 0)
    expect(worst).toBeLessThan(1e-5 * size)
  })

  it('the normalization of numbers far from zero to four digits, at 64³', async () => {
    const dims = [1, 16, 64, 64, 64]
    const random = createRandom(3)
    const image = { dims, data: Float32Array.from({ length: elementCount(dims) }, () => 100 + random.normal()) }
    const plain = new Graph()
    const input = plain.input('image', dims)
    // A convolution that changes nothing makes the blocked rows.
    const kept = new Float32Array(16 * 16 * 27)
    for (let channel = 0; channel < 16; channel++) kept[(channel * 16 + channel) * 27 + 13] = 1
    const ones = plain.constant([16], new Float32Array(16).fill(1))
    const same = conv(plain, input, plain.constant([16, 16, 3, 3, 3], kept))
    plain.output('result', instanceNormalization(plain, same, ones, plain.constant([16], new Float32Array(16))))
    const { data } = await resultOf(rewritten(plain, [blockedConv, blockedNormalization], target), image)
    const voxels = 64 ** 3
    for (let channel = 0; channel < 16; channel++) {
      const numbers = image.data.subarray(channel * voxels, (channel + 1) * voxels)
      const mean = numbers.reduce((sum, x) => sum + x, 0) / voxels
      const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / voxels
      let worst = 0
      numbers.forEach((x, at) => {
        const exact = (x - mean) / Math.sqrt(variance + 1e-5)
        worst = Math.max(worst, Math.abs(exact - (data[channel * voxels + at] as number)))
      })
      expect(worst).toBeLessThan(1e-4)
    }
  })

  it('and leave a machine without them the plain graph', () => {
    const graph = new Graph()
    graph.output(
      'result',
      hidden(graph, graph.input('image', [1, 16, 2, 2, 2]), (shape) =>
        graph.constant(shape, new Float32Array(elementCount(shape)))
      )
    )
    expect(rewritten(graph, [blockedConv], { provider: 'cpu' }).nodes.map(({ domain }) => domain)).toEqual([undefined])
  })
})
