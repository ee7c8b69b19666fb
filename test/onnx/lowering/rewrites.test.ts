import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/math/random.ts'
import { encodeGraph } from '../../../src/onnx/encode.ts'
import { gradients } from '../../../src/onnx/gradients.ts'
import { Graph, type Value } from '../../../src/onnx/graph.ts'
import { centredInstanceNormalization } from '../../../src/onnx/lowering/centred-instance-normalization.ts'
import { convAsPlanes } from '../../../src/onnx/lowering/conv-as-planes.ts'
import { convAsProducts } from '../../../src/onnx/lowering/conv-as-products.ts'
import { convolutionOf } from '../../../src/onnx/lowering/convolution.ts'
import { giantKernelConvWithin } from '../../../src/onnx/lowering/giant-kernel-conv.ts'
import { giantKernelConvByPlanes } from '../../../src/onnx/lowering/giant-kernel-conv-by-planes.ts'
import { rewritten } from '../../../src/onnx/lowering/lower.ts'
import type { Rewrite } from '../../../src/onnx/lowering/rewrite.ts'
import { unitTranspose } from '../../../src/onnx/lowering/unit-transpose.ts'
import { multiply } from '../../../src/onnx/operators/arithmetic.ts'
import { conv } from '../../../src/onnx/operators/conv.ts'
import { instanceNormalization } from '../../../src/onnx/operators/instance-normalization.ts'
import { total } from '../../../src/onnx/operators/reduce.ts'
import { transpose } from '../../../src/onnx/operators/transpose.ts'
import { elementCount, type Shape } from '../../../src/onnx/shape.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import type { Tensor } from '../../../src/runtime/session.ts'

interface Case {
  readonly rewrite: Rewrite
  readonly name: string
  readonly shapes: readonly Shape[]
  build(graph: Graph, inputs: readonly [Value, Value]): Value
  /** Of the nodes of this type some must be gone; of convolutions, those of volumes. */
  readonly replaces: string
}

/** The gradient of Σ (value · weight)² / 2 with respect to the weight. */
function weightGradient(graph: Graph, value: Value, weight: Value): Value {
  const result = conv(graph, value, weight)
  const [gradient] = gradients(graph, total(graph, multiply(graph, result, result)), [weight])
  if (gradient === undefined) throw new Error('no gradient')
  return gradient
}

const cases: readonly Case[] = [
  ...(
    [
      [
        [1, 2, 5, 6, 7],
        [3, 2, 3, 3, 3]
      ],
      [
        [1, 3, 5, 6, 7],
        [2, 3, 3, 3, 3]
      ],
      [
        [3, 2, 4, 4, 4],
        [4, 2, 3, 3, 3]
      ],
      [
        [2, 4, 4, 5, 4],
        [2, 4, 3, 3, 3]
      ],
      [
        [2, 3, 3, 2, 4],
        [5, 3, 1, 1, 1]
      ],
      [
        [1, 2, 7, 8, 9],
        [2, 2, 5, 5, 5]
      ]
    ] as const
  ).flatMap((shapes): Case[] => {
    const what = `a convolution with a giant kernel: weight [${shapes[1]}] on [${shapes[0]}]`
    const build: Case['build'] = (graph, [value, weight]) => weightGradient(graph, value, weight)
    return [
      { rewrite: giantKernelConvWithin(1e6), name: what, shapes, build, replaces: 'Conv' },
      { rewrite: giantKernelConvWithin(3000), name: `${what}, in slabs`, shapes, build, replaces: 'Conv' },
      { rewrite: giantKernelConvWithin(1), name: `${what}, plane by plane`, shapes, build, replaces: 'Conv' },
      { rewrite: giantKernelConvByPlanes, name: `${what}, a product for each plane`, shapes, build, replaces: 'Conv' }
    ]
  }),
  {
    rewrite: unitTranspose,
    name: 'a transpose of dimensions of size 1',
    shapes: [[1, 3, 1, 4]],
    build: (graph, [value]) => transpose(graph, value, [1, 0, 3, 2]),
    replaces: 'Transpose'
  },
  ...(
    [
      ['a kernel of 3', [2, 3, 4, 5, 6], [4, 3, 3, 3, 3], {}],
      ['a kernel of 1', [2, 3, 4, 5, 6], [2, 3, 1, 1, 1], {}],
      ['a flat kernel', [1, 2, 4, 5, 6], [3, 2, 1, 3, 3], {}],
      ['a dilated kernel', [1, 2, 5, 6, 7], [3, 2, 3, 3, 3], { dilations: [1, 2, 3] }],
      ['a kernel with uneven pads', [1, 2, 5, 4, 6], [2, 2, 2, 3, 4], { pads: [0, 2, 1, 1, 0, 3] }]
    ] as const
  ).flatMap(([what, image, kernel, options]): Case[] => {
    const shapes = [image, kernel]
    const build: Case['build'] = (graph, [value, weight]) =>
      conv(graph, value, weight, graph.constant([kernel[0]], [...Array(kernel[0]).keys()]), options)
    return [
      { rewrite: convAsProducts, name: `a convolution as products: ${what}`, shapes, build, replaces: 'Conv' },
      { rewrite: convAsPlanes, name: `a convolution of planes: ${what}`, shapes, build, replaces: 'Conv' }
    ]
  }),
  {
    rewrite: centredInstanceNormalization,
    name: 'instance normalization',
    shapes: [[2, 3, 4, 5, 6], [3]],
    build: (graph, [value, scale]) => instanceNormalization(graph, value, scale, scale),
    replaces: 'InstanceNormalization'
  }
]

async function resultOf(graph: Graph, feeds: Readonly<Record<string, Tensor>>): Promise<Tensor> {
  const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
  try {
    return (await session.run(feeds)).result as Tensor
  } finally {
    await session.release()
  }
}

function count(graph: Graph, type: string): number {
  return graph.nodes.filter((node) => node.type === type && (type !== 'Conv' || convolutionOf(node) !== undefined))
    .length
}

describe('a rewrite computes what the plain graph computes', () => {
  it.each(cases)('$name', async ({ rewrite, shapes, build, replaces }) => {
    const random = createRandom(3)
    const plain = new Graph()
    const [first, second = first] = shapes.map((shape, index) => plain.input(`input${index}`, shape))
    if (first === undefined || second === undefined) throw new Error('no inputs')
    plain.output('result', build(plain, [first, second]))
    const feeds = Object.fromEntries(
      shapes.map((dims, index): [string, Tensor] => [
        `input${index}`,
        { dims, data: Float32Array.from({ length: elementCount(dims) }, () => random.normal()) }
      ])
    )
    const fast = rewritten(plain, [rewrite], { provider: 'cpu' })
    expect(count(fast, replaces)).toBeLessThan(count(plain, replaces))
    const [expected, actual] = [await resultOf(plain, feeds), await resultOf(fast, feeds)]
    expect(actual.dims).toEqual(expected.dims)
    const size = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const worst = expected.data.reduce((most, x, at) => Math.max(most, Math.abs(x - (actual.data[at] as number))), 0)
    expect(worst).toBeLessThan(1e-5 * size)
  })

  it('only where it applies: convolutions in groups or with strides are no products', () => {
    const graph = new Graph()
    const value = graph.input('value', [1, 2, 4, 4, 4])
    graph.output('grouped', conv(graph, value, graph.input('a', [2, 1, 3, 3, 3]), undefined, { groups: 2 }))
    graph.output('strided', conv(graph, value, graph.input('b', [2, 2, 3, 3, 3]), undefined, { strides: [2, 1, 1] }))
    const types = rewritten(graph, [convAsProducts], { provider: 'webgpu' }).nodes.map(({ type }) => type)
    expect(types).toEqual(['Conv', 'Conv'])
  })

  it('only where it applies: a transpose that moves numbers, and an ordinary convolution, stay', () => {
    const graph = new Graph()
    const value = graph.input('value', [1, 2, 4, 4, 4])
    graph.output('moved', transpose(graph, value, [0, 2, 1, 3, 4]))
    graph.output('convolved', conv(graph, value, graph.input('weight', [2, 2, 3, 3, 3])))
    const types = rewritten(graph, [unitTranspose, giantKernelConvWithin(1e6)], { provider: 'cpu' }).nodes.map(
      ({ type }) => type
    )
    expect(types.toSorted()).toEqual(['Conv', 'Transpose'])
  })
})
