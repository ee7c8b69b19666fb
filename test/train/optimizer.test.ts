import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/random.ts'
import { adamW, clipped, euclideanNorm, optimizerConfiguration } from '../../src/train/optimizer.ts'
import { runGraph, tensor } from '../support/run-graph.ts'

describe('AdamW', () => {
  it('agrees with the published algorithm in float64 over ten steps', async () => {
    const count = 40
    const random = createRandom(9)
    const configuration = optimizerConfiguration.parse({ weightDecay: 0.1 })
    const { beta1, beta2, epsilon, weightDecay } = configuration
    const learningRate = 0.05
    const decays = Float32Array.from({ length: count }, (_, n) => n % 2)
    const start = Array.from({ length: count }, () => random.normal())
    const expected = { p: [...start], m: start.map(() => 0), v: start.map(() => 0) }
    let state = {
      parameters: tensor([count], start),
      moment1: tensor([count], expected.m),
      moment2: tensor([count], expected.v)
    }

    for (let step = 1; step <= 10; step++) {
      const gradient = Array.from({ length: count }, () => random.normal(0, 10 ** random.uniform(-3, 1)))
      const [correction1, correction2] = [1 - beta1 ** step, 1 - beta2 ** step]
      gradient.forEach((g, n) => {
        const m = beta1 * (expected.m[n] as number) + (1 - beta1) * g
        const v = beta2 * (expected.v[n] as number) + (1 - beta2) * g * g
        const p = expected.p[n] as number
        const adam = m / correction1 / (Math.sqrt(v / correction2) + epsilon)
        expected.m[n] = m
        expected.v[n] = v
        expected.p[n] = p - learningRate * (adam + (decays[n] as number) * weightDecay * p)
      })
      const inputs = {
        ...state,
        gradient: tensor([count], gradient),
        learningRate: tensor([], [learningRate]),
        biasCorrection1: tensor([], [correction1]),
        biasCorrection2: tensor([], [correction2])
      }
      const next = await runGraph(inputs, (graph, values) => {
        const { parameters, moment1, moment2 } = adamW(
          graph,
          configuration,
          values,
          values.gradient,
          graph.constant([count], decays),
          values
        )
        return { p: parameters, m: moment1, v: moment2 }
      })
      state = { parameters: next.p, moment1: next.m, moment2: next.v }
    }
    expected.p.forEach((p, n) => {
      expect(state.parameters.data[n]).toBeCloseTo(p, 5)
    })
    expected.v.forEach((v, n) => {
      expect((state.moment2.data[n] as number) / v).toBeCloseTo(1, 4)
    })
  })
})

describe('limiting the gradient', () => {
  const clip = async (numbers: number[], limit: number): Promise<{ norm: number; gradient: number[] }> => {
    const { norm, gradient } = await runGraph({ given: tensor([numbers.length], numbers) }, (graph, { given }) => {
      const length = euclideanNorm(graph, given)
      return { norm: length, gradient: clipped(graph, given, length, limit) }
    })
    return { norm: norm.data[0] as number, gradient: [...gradient.data] }
  }

  it('leaves a short gradient as it is', async () => {
    expect(await clip([3, 4], 6)).toEqual({ norm: 5, gradient: [3, 4] })
  })

  it('shortens a long one to the limit and keeps its direction', async () => {
    const { norm, gradient } = await clip([30, -40], 5)
    expect(norm).toBe(50)
    expect(gradient[0]).toBeCloseTo(3, 5)
    expect(gradient[1]).toBeCloseTo(-4, 5)
  })
})
