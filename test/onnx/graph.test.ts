import proto from 'onnx-proto'
import { describe, expect, it } from 'vitest'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { add, multiply } from '../../src/onnx/operators/arithmetic.ts'
import { concat } from '../../src/onnx/operators/concat.ts'
import { expand } from '../../src/onnx/operators/expand.ts'
import { exponential, maximum } from '../../src/onnx/operators/functions.ts'
import { matmul } from '../../src/onnx/operators/matmul.ts'
import { maxPool } from '../../src/onnx/operators/max-pool.ts'
import { reshape } from '../../src/onnx/operators/reshape.ts'
import { slice } from '../../src/onnx/operators/slice.ts'
import { runGraph, tensor } from '../support/run-graph.ts'

function nodesOf(graph: Graph): string[] {
  const { graph: encoded } = proto.onnx.ModelProto.decode(encodeGraph(graph))
  return (encoded?.node ?? []).map(({ opType }) => opType ?? '')
}

describe('a graph', () => {
  it('finds a node that is already there instead of adding it again', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    expect(exponential(graph, x)).toBe(exponential(graph, x))
    expect(graph.scalar(2)).toBe(graph.scalar(2))
    expect(graph.nodes).toHaveLength(1)
  })

  it('is written without the nodes and constants that no output needs', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    multiply(graph, x, graph.scalar(3))
    graph.output('y', exponential(graph, x))
    expect(nodesOf(graph)).toEqual(['Exp'])
    expect(proto.onnx.ModelProto.decode(encodeGraph(graph)).graph?.initializer).toEqual([])
  })

  it('broadcasts an expanded operand instead of writing it out', () => {
    const graph = new Graph()
    const x = graph.input('x', [2, 3])
    const row = graph.input('row', [1, 3])
    graph.output('y', multiply(graph, x, expand(graph, row, [2, 3])))
    expect(nodesOf(graph)).toEqual(['Mul'])
  })

  it('may give the same value, or an input, under several names', async () => {
    const results = await runGraph({ x: tensor([2], [1, 2]) }, (graph, { x }) => {
      const sum = add(graph, x, x)
      return { sum, again: sum, same: x, next: add(graph, sum, x) }
    })
    expect([...results.sum.data]).toEqual([2, 4])
    expect([...results.again.data]).toEqual([2, 4])
    expect([...results.same.data]).toEqual([1, 2])
    expect([...results.next.data]).toEqual([3, 6])
  })

  it('refuses operands whose shapes do not fit', () => {
    const graph = new Graph()
    const x = graph.input('x', [2, 3])
    const y = graph.input('y', [4])
    expect(() => add(graph, x, y)).toThrow('cannot be broadcast')
    expect(() => matmul(graph, x, x)).toThrow('cannot multiply [2, 3] by [2, 3]')
    expect(() => reshape(graph, x, [5])).toThrow('cannot be reshaped')
    expect(() => slice(graph, x, 1, 2, 4)).toThrow('no elements 2 to 4')
    expect(() => expand(graph, x, [1, 3])).toThrow('does not expand')
    expect(() => concat(graph, [], 0)).toThrow('nothing to join')
    expect(() => maxPool(graph, graph.input('odd', [1, 1, 2, 2, 3]))).toThrow('does not divide into blocks of 2')
    expect(() => graph.initializer('w', [2], new Float32Array(3))).toThrow('w: 3 numbers do not fill')
  })
})

describe('a derivative', () => {
  it('adds up over all ways from the loss to a value', async () => {
    const { gradient } = await runGraph({ x: tensor([], [3]) }, (graph, { x }) => {
      const [byX] = gradients(graph, add(graph, multiply(graph, x, x), x), [x])
      if (byX === undefined) throw new Error('no gradient')
      return { gradient: byX }
    })
    expect(gradient.data[0]).toBe(7)
  })

  it('is refused where the loss does not depend on a value, or a node has no gradient', () => {
    const graph = new Graph()
    const [x, y] = [graph.input('x', []), graph.input('y', [])]
    expect(() => gradients(graph, exponential(graph, x), [y])).toThrow('does not depend on y')
    expect(() => gradients(graph, maximum(graph, x, y), [x])).toThrow('gradient of Max is not defined')
  })
})
