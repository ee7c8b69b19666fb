import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/random.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { conv } from '../../src/onnx/operators/conv.ts'
import { transposedConv } from '../../src/onnx/operators/conv-transpose.ts'
import { groupNormalization } from '../../src/onnx/operators/group-normalization.ts'
import { maxPool } from '../../src/onnx/operators/max-pool.ts'
import { total } from '../../src/onnx/operators/reduce.ts'
import { sumBlocks, upsample } from '../../src/onnx/operators/resample.ts'
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

  it('sum blocks of eight voxels', async () => {
    const { sums } = await runGraph({ x: tensor([1, 1, 2, 2, 4], [...Array(16).keys()]) }, (graph, { x }) => ({
      sums: sumBlocks(graph, x)
    }))
    expect([...sums.data]).toEqual([0 + 1 + 4 + 5 + 8 + 9 + 12 + 13, 2 + 3 + 6 + 7 + 10 + 11 + 14 + 15])
  })

  it('normalize groups of channels to mean 0 and variance 1, then scale each channel', async () => {
    const inputs = { x: drawn([1, 4, 2, 3, 4]), scale: tensor([4], [1, 2, 3, 4]), bias: tensor([4], [0, 1, 0, -1]) }
    const { y } = await runGraph(inputs, (graph, values) => ({
      y: groupNormalization(graph, values.x, 2, values.scale, values.bias)
    }))
    const expected = Float32Array.from(inputs.x.data, (x, at) => {
      const channel = Math.floor(at / 24)
      const group = inputs.x.data.subarray(48 * (channel >> 1), 48 * (channel >> 1) + 48)
      const mean = group.reduce((sum, v) => sum + v, 0) / 48
      const variance = group.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 48
      const normalized = (x - mean) / Math.sqrt(variance + 1e-5)
      return (inputs.scale.data[channel] as number) * normalized + (inputs.bias.data[channel] as number)
    })
    expectClose(y, { dims: [1, 4, 2, 3, 4], data: expected })
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

  it.each([
    { channels: 2, outputs: 3 },
    { channels: 3, outputs: 2 }
  ])('of a weight are the sums they are defined as, $channels to $outputs channels', async ({ channels, outputs }) => {
    const [d, h, w] = [3, 4, 5]
    const x = drawn([1, channels, d, h, w])
    const weight = drawn([outputs, channels, 3, 3, 3])
    const { gradient } = await runGraph({ x, weight }, (graph, values) => {
      const [byWeight] = gradients(graph, total(graph, conv(graph, values.x, values.weight)), [values.weight])
      if (byWeight === undefined) throw new Error('no gradient')
      return { gradient: byWeight }
    })
    // The loss is the plain sum, so the gradient at a kernel position is the sum of the voxels it can reach.
    const expected = Float32Array.from(weight.data, (_, at) => {
      const [kw, kh, kd] = [at % 3, Math.floor(at / 3) % 3, Math.floor(at / 9) % 3]
      const channel = Math.floor(at / 27) % channels
      return x.data.reduce((sum, value, voxel) => {
        const [i, j, k] = [voxel % w, Math.floor(voxel / w) % h, Math.floor(voxel / (w * h)) % d]
        const own = Math.floor(voxel / (w * h * d)) === channel
        const [a, b, c] = [i - kw + 1, j - kh + 1, k - kd + 1]
        const reached = own && a >= 0 && a < w && b >= 0 && b < h && c >= 0 && c < d
        return sum + (reached ? value : 0)
      }, 0)
    })
    expectClose(gradient, { dims: weight.dims, data: expected })
  })
})
