import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { transposedConv } from '../../src/onnx/operators/conv-transpose.ts'
import { maxPool } from '../../src/onnx/operators/max-pool.ts'
import { total } from '../../src/onnx/operators/reduce.ts'
import { upsample } from '../../src/onnx/operators/resample.ts'
import { elementCount, type Shape } from '../../src/onnx/shape.ts'
import type { Tensor } from '../../src/runtime/session.ts'
import { runGraph, tensor } from '../support/run-graph.ts'

const random = createRandom(11)

function drawn(shape: Shape): Tensor {
  return tensor(
    shape,
    Array.from({ length: elementCount(shape) }, () => random.normal())
  )
}

function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.dims).toEqual(expected.dims)
  const worst = actual.data.reduce((most, x, at) => Math.max(most, Math.abs(x - (expected.data[at] as number))), 0)
  expect(worst).toBeLessThan(1e-5)
}

describe('operators made of several nodes', () => {
  it("double a grid as ONNX Runtime's own ConvTranspose does", async () => {
    const [channels, outputs] = [3, 2]
    const x = drawn([2, channels, 2, 3, 4])
    // ONNX wants [C, O, 2, 2, 2]; ours is [block, O, C].
    const w = drawn([channels, outputs, 2, 2, 2])
    const ours = new Float32Array(w.data.length)
    w.data.forEach((number, at) => {
      const [block, output, channel] = [at % 8, Math.floor(at / 8) % outputs, Math.floor(at / 8 / outputs)]
      ours[(block * outputs + output) * channels + channel] = number
    })
    const weight = tensor([8 * outputs, channels, 1, 1, 1], ours)
    const { doubled, reference } = await runGraph({ x, w, weight }, (graph, values) => ({
      doubled: transposedConv(graph, values.x, values.weight),
      reference: graph.apply({
        type: 'ConvTranspose',
        inputs: [values.x, values.w],
        attributes: { strides: [2, 2, 2] },
        shape: [2, outputs, 4, 6, 8]
      })
    }))
    expectClose(doubled, reference)
  })

  it.each([
    { method: 'nearest', mode: 'nearest' },
    { method: 'linear', mode: 'linear' }
  ] as const)("double a grid as ONNX Runtime's own Resize does, $method", async ({ method, mode }) => {
    const x = drawn([2, 3, 2, 4, 3])
    const scales = tensor([5], [1, 1, 2, 2, 2])
    const none = tensor([1], [0])
    const { doubled, reference } = await runGraph({ x, scales, none }, (graph, values) => ({
      doubled: upsample(graph, values.x, method),
      reference: graph.apply({
        type: 'Resize',
        inputs: [values.x, values.none, values.scales],
        attributes: { mode, coordinate_transformation_mode: 'half_pixel' },
        shape: [2, 3, 4, 8, 6]
      })
    }))
    expectClose(doubled, reference)
  })
})

describe('gradients', () => {
  it('of a maximum that several voxels reach are shared equally', async () => {
    const x = tensor([1, 1, 2, 2, 2], [1, 1, 0, 0, 0, 0, 1, 1])
    const { gradient } = await runGraph({ x }, (graph, values) => {
      const [byX] = gradients(graph, total(graph, maxPool(graph, values.x)), [values.x])
      if (byX === undefined) throw new Error('no gradient')
      return { gradient: byX }
    })
    expect([...gradient.data]).toEqual([0.25, 0.25, 0, 0, 0, 0, 0.25, 0.25])
  })
})
