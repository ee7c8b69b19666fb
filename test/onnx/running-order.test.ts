import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { Graph, type Value } from '../../src/onnx/graph.ts'
import { multiply } from '../../src/onnx/operators/arithmetic.ts'
import { concat } from '../../src/onnx/operators/concat.ts'
import { exponential, squareRoot } from '../../src/onnx/operators/functions.ts'
import { matmul } from '../../src/onnx/operators/matmul.ts'
import { total } from '../../src/onnx/operators/reduce.ts'
import { reshape } from '../../src/onnx/operators/reshape.ts'
import { elementCount } from '../../src/onnx/shape.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const folder = scratchFolder()

/** The results of the nodes ONNX Runtime runs, in its order, as its profile of one run tells them. */
async function runOf(graph: Graph): Promise<string[]> {
  const session = await ort.InferenceSession.create(encodeGraph(graph, { order: 'running' }), {
    graphOptimizationLevel: 'disabled',
    enableProfiling: true,
    profileFilePrefix: join(folder, 'profile')
  })
  const feeds = graph.inputs.map(({ name, shape }) => [
    name,
    new ort.Tensor('float32', new Float32Array(elementCount(shape)).fill(1), [...shape])
  ])
  await session.run(Object.fromEntries(feeds))
  session.endProfiling()
  const [file = ''] = readdirSync(folder)
  const events = z
    .array(z.object({ name: z.string(), cat: z.string() }))
    .parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  return events
    .filter(({ cat, name }) => cat === 'Node' && name.endsWith('_kernel_time'))
    .map(({ name }) => name.replace('_kernel_time', ''))
}

describe('in running order', () => {
  it('ONNX Runtime computes the gradient of a weight before it goes further back, and nothing before it is needed', async () => {
    const graph = new Graph()
    const weights = [0, 1, 2].map((layer) => graph.input(`weight${layer}`, [3, 3]))
    const result = weights.reduce((value, weight) => matmul(graph, value, weight), graph.input('value', [3, 3]))
    const late = exponential(graph, result)
    const loss = total(graph, multiply(graph, result, result))
    graph.output('loss', loss)
    const found = gradients(graph, loss, weights)
    const rows = found.toReversed().map((gradient) => reshape(graph, gradient, [9]))
    graph.output('gradients', concat(graph, rows, 0))
    graph.output('late', squareRoot(graph, late))
    const order = await runOf(graph)
    const place = ({ name }: Value): number => order.indexOf(name)
    const [first, second, third] = found.map(place) as [number, number, number]
    expect([third, second, first]).toEqual([third, second, first].toSorted((a, b) => a - b))
    expect(rows.map(place)).toEqual([third + 1, second + 1, first + 1])
    expect(order.indexOf('late')).toBe(place(late) + 1)
  })
})
