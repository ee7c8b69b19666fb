import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/math/random.ts'
import { encodeGraph } from '../../../src/onnx/encode.ts'
import { gradients } from '../../../src/onnx/gradients.ts'
import { Graph, type Value } from '../../../src/onnx/graph.ts'
import { fastestName } from '../../../src/onnx/lowering/fastest-form.ts'
import { forms } from '../../../src/onnx/lowering/forms.ts'
import { lower } from '../../../src/onnx/lowering/lower.ts'
import { measured } from '../../../src/onnx/lowering/measured.ts'
import type { Operation, Provider } from '../../../src/onnx/lowering/rewrite.ts'
import { multiply } from '../../../src/onnx/operators/arithmetic.ts'
import { conv } from '../../../src/onnx/operators/conv.ts'
import { total } from '../../../src/onnx/operators/reduce.ts'
import { elementCount } from '../../../src/onnx/shape.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import type { Tensor } from '../../../src/runtime/session.ts'

interface Form {
  readonly operation: Operation
  readonly provider: Provider
  readonly form: string
}

const allForms: readonly Form[] = Object.entries(forms).flatMap(([operation, providers]) =>
  Object.entries(providers).flatMap(([provider, known]) =>
    Object.keys(known).map((form) => ({ operation: operation as Operation, provider: provider as Provider, form }))
  )
)

/** Two convolutions and the gradients of their weights: every operation, once between others of its kind. */
function smallNetwork(): Graph {
  const graph = new Graph()
  const weights = [graph.input('first', [32, 16, 3, 3, 3]), graph.input('second', [16, 32, 3, 3, 3])] as const
  const hidden = conv(graph, graph.input('value', [1, 16, 4, 6, 5]), weights[0])
  const result = conv(graph, hidden, weights[1])
  const loss = total(graph, multiply(graph, result, result))
  graph.output('result', result)
  for (const [at, found] of gradients(graph, loss, weights).entries()) graph.output(`gradient${at}`, found)
  return graph
}

async function resultsOf(graph: Graph): Promise<Record<string, Tensor>> {
  const random = createRandom(11)
  const feeds = graph.inputs.map(({ name, shape: dims }: Value): [string, Tensor] => [
    name,
    { dims, data: Float32Array.from({ length: elementCount(dims) }, () => random.normal()) }
  ])
  const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
  try {
    return await session.run(Object.fromEntries(feeds))
  } finally {
    await session.release()
  }
}

describe('a form', async () => {
  const expected = await resultsOf(smallNetwork())

  // What is lowered for another provider runs on the CPU too.
  it.each(allForms)('computes what the plain graph computes: $provider, $operation, $form', async (which) => {
    const { operation, provider, form } = which
    const block = provider === 'cpu' ? (await nodeRuntime.target()).block : undefined
    const lowered = lower(smallNetwork(), { provider, block, forms: { [operation]: form } })
    for (const [name, { data }] of Object.entries(await resultsOf(lowered))) {
      const plain = (expected[name] as Tensor).data
      const size = plain.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
      const worst = plain.reduce((most, x, at) => Math.max(most, Math.abs(x - (data[at] as number))), 0)
      expect(worst).toBeLessThan(1e-5 * size)
    }
  })

  it('is measured only if it is one of these, for every operation on the CPU', () => {
    for (const { operation, provider, milliseconds } of measured) {
      const proved = allForms.filter((other) => other.operation === operation && other.provider === provider)
      expect(proved.map(({ form }) => form)).toEqual(expect.arrayContaining(Object.keys(milliseconds)))
    }
    const onCpu = new Set(measured.filter(({ provider }) => provider === 'cpu').map(({ operation }) => operation))
    expect([...onCpu].toSorted()).toEqual(Object.keys(forms).toSorted())
  })

  it('is the one that was fastest for the nearest size, or needs less memory and was hardly slower', () => {
    const size = { channels: 16, outputs: 16, places: 27, voxels: 64 ** 3 }
    const row = { provider: 'cpu', operation: 'weightGradient', ...size } as const
    const table = [
      { ...row, milliseconds: { 'slabs of 4 million': 20, 'slabs of 16 million': 10.2, plain: 10 } },
      { ...row, voxels: 8 ** 3, milliseconds: { plain: 1, 'slabs of 16 million': 2 } }
    ]
    const chosen = (edge: number): string | undefined =>
      fastestName(table, 'cpu', 'weightGradient', { ...size, voxels: edge ** 3 })
    expect(chosen(96)).toBe('slabs of 16 million')
    expect(chosen(10)).toBe('plain')
    expect(fastestName(table, 'webgpu', 'weightGradient', size)).toBeUndefined()
  })
})
