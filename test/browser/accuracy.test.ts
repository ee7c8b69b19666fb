import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { lower } from '../../src/onnx/lowering/lower.ts'
import { instanceNormalization, normalizationEpsilon } from '../../src/onnx/operators/instance-normalization.ts'
import { openRuntime } from './web-runtime.ts'

const edge = 128
const dims = [1, 1, edge, edge, edge]
const random = createRandom(1)
const data = Float32Array.from({ length: edge ** 3 }, () => random.uniform(3, 4))

describe('a volume of 128³ is normalized to 5 · 10⁻⁵', () => {
  it.each(['wasm', 'webgpu'] as const)('by %s', async (provider) => {
    const runtime = await openRuntime(provider)
    const graph = new Graph()
    const one = graph.initializer('one', [1], Float32Array.of(1))
    const zero = graph.initializer('zero', [1], Float32Array.of(0))
    graph.output('normalized', instanceNormalization(graph, graph.input('volume', dims), one, zero))
    const session = await runtime.open(encodeGraph(lower(graph, await runtime.target())))
    const { normalized } = await session.run({ volume: { dims, data } })
    await session.release()

    const mean = data.reduce((sum, x) => sum + x, 0) / data.length
    const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length
    const deviation = Math.sqrt(variance + normalizationEpsilon)
    const found = normalized?.data ?? expect.unreachable()
    const worst = found.reduce(
      (most, x, at) => Math.max(most, Math.abs(x - ((data[at] as number) - mean) / deviation)),
      0
    )
    expect(worst).toBeLessThan(5e-5)
  })
})
