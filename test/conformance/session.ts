import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { add } from '../../src/onnx/operators/arithmetic.ts'
import { conv } from '../../src/onnx/operators/conv.ts'
import { transposedConv } from '../../src/onnx/operators/conv-transpose.ts'
import { instanceNormalization } from '../../src/onnx/operators/instance-normalization.ts'
import { maxPool } from '../../src/onnx/operators/max-pool.ts'
import { total } from '../../src/onnx/operators/reduce.ts'
import { upsample } from '../../src/onnx/operators/resample.ts'
import type { Runtime, Session, Tensor } from '../../src/runtime/session.ts'

function tensor(dims: readonly number[], data: readonly number[]): Tensor {
  return { dims, data: Float32Array.from(data) }
}

/** a + b of [2, 3] under the name `sum`, and the sum of all its elements, a scalar, under `total`. */
function addition(): Uint8Array {
  const graph = new Graph()
  const sum = add(graph, graph.input('a', [2, 3]), graph.input('b', [2, 3]))
  graph.output('sum', sum)
  graph.output('total', total(graph, sum))
  return encodeGraph(graph)
}

/** What every runtime must do the same. */
export function sessionConformance(runtime: Runtime): void {
  describe(`a session of ${runtime.name}`, () => {
    let session: Session
    const feeds = { a: tensor([2, 3], [1, 2, 3, 4, 5, 6]), b: tensor([2, 3], [10, 20, 30, 40, 50, 60]) }
    beforeAll(async () => {
      session = await runtime.open(addition())
    })
    afterAll(() => session.release())

    it('names its inputs and outputs in the order of the graph', () => {
      expect(session.inputNames).toEqual(['a', 'b'])
      expect(session.outputNames).toEqual(['sum', 'total'])
    })

    it('gives every output, with its shape', async () => {
      const { sum, total: all } = await session.run(feeds)
      expect(sum).toEqual(tensor([2, 3], [11, 22, 33, 44, 55, 66]))
      expect(all).toEqual(tensor([], [231]))
    })

    it('gives only the outputs that are asked for', async () => {
      expect(Object.keys(await session.run(feeds, ['total']))).toEqual(['total'])
    })

    it('leaves what it is fed, and what it gave before, unchanged', async () => {
      const first = await session.run(feeds)
      await session.run({ a: feeds.b, b: feeds.b })
      expect(first.sum).toEqual(tensor([2, 3], [11, 22, 33, 44, 55, 66]))
      expect(feeds.a).toEqual(tensor([2, 3], [1, 2, 3, 4, 5, 6]))
    })

    it('rejects a feed that is missing or misshapen', async () => {
      await expect(session.run({ a: feeds.a })).rejects.toThrow()
      await expect(session.run({ ...feeds, b: tensor([3], [1, 2, 3]) })).rejects.toThrow()
    })

    it('rejects bytes that are no graph', async () => {
      await expect(runtime.open(Uint8Array.of(1, 2, 3))).rejects.toThrow()
    })

    it('runs on one thread and with kept memory to the same result', async () => {
      const other = await runtime.open(addition(), { threads: 1, keepMemory: true })
      expect(await other.run(feeds)).toEqual(await session.run(feeds))
      await other.release()
    })

    it('runs the operators of the network', async () => {
      const graph = new Graph()
      const image = graph.input('image', [1, 1, 2, 2, 4])
      const one = (name: string, shape: readonly number[], data: readonly number[]) =>
        graph.initializer(name, shape, Float32Array.from(data))
      // Each voxel becomes the sum of its neighbourhood.
      graph.output('conv', conv(graph, image, one('ones', [1, 1, 3, 3, 3], new Array<number>(27).fill(1))))
      const pooled = maxPool(graph, image)
      graph.output('pooled', pooled)
      graph.output('nearest', upsample(graph, pooled, 'nearest'))
      graph.output('doubled', transposedConv(graph, pooled, one('blocks', [8, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8])))
      graph.output('normalized', instanceNormalization(graph, image, one('scale', [1], [2]), one('bias', [1], [1])))
      const network = await runtime.open(encodeGraph(graph))
      const results = await network.run({ image: tensor([1, 1, 2, 2, 4], [...Array(16).keys()]) })
      await network.release()
      const rounded = (name: string): number[] => [...(results[name]?.data ?? [])].map((x) => Math.round(x * 1e4) / 1e4)
      const twice = (row: number[]): number[] => [...row, ...row]
      expect(rounded('conv')).toEqual([...Array(16).keys()].map(expectedSum))
      expect(rounded('pooled')).toEqual([13, 15])
      expect(rounded('nearest')).toEqual(twice(twice([13, 13, 15, 15])))
      expect(rounded('doubled')).toEqual([...[13, 26, 15, 30, 39, 52, 45, 60], ...[65, 78, 75, 90, 91, 104, 105, 120]])
      const deviation = Math.sqrt((16 ** 2 - 1) / 12 + 1e-5)
      const normalized = [...Array(16).keys()].map((x) => Math.round((((x - 7.5) / deviation) * 2 + 1) * 1e4) / 1e4)
      expect(rounded('normalized')).toEqual(normalized)
    })
  })
}

/** Sum of the 0 … 15 in the 3 × 3 × 3 neighbourhood of one voxel of a 4 × 2 × 2 grid. */
function expectedSum(at: number): number {
  const i = at % 4
  return [...Array(16).keys()].filter((other) => Math.abs((other % 4) - i) <= 1).reduce((sum, x) => sum + x, 0)
}
