import { expect, it } from 'vitest'
import { z } from 'zod'
import { clipped, euclideanNorm } from '../../../src/train/optimizers/clip.ts'
import {
  createOptimizer,
  type OptimizerConfiguration,
  optimizerConfiguration
} from '../../../src/train/optimizers/configuration.ts'
import golden from '../../golden/train/expected.json' with { type: 'json' }
import { runGraph, tensor } from '../../support/run-graph.ts'

const { start, curvature, minimum, clip } = golden.problem
const count = start.length
const goldenCases = z
  .array(
    z.object({
      name: z.string(),
      learningRate: z.number(),
      configuration: z.record(z.string(), z.unknown()),
      trajectory: z.array(z.array(z.number()))
    })
  )
  .parse(golden.optimizers)

/** The slope of Σ c (p − m)² / 2, limited. */
function slope(parameters: ArrayLike<number>): number[] {
  const whole = curvature.map((c, n) => c * ((parameters[n] as number) - (minimum[n] as number)))
  const factor = Math.min(1, clip / (Math.hypot(...whole) + 1e-6))
  return whole.map((g) => g * factor)
}

/** The parameters after each step on the problem, all of which decay. */
async function trajectory(
  configuration: OptimizerConfiguration,
  learningRate: number,
  steps: number
): Promise<number[][]> {
  const optimizer = createOptimizer(configuration)
  let parameters = Float32Array.from(start)
  let rows = Object.fromEntries(optimizer.rows.map((name) => [name, new Float32Array(count)]))
  const result: number[][] = []
  for (let step = 1; step <= steps; step++) {
    const scalars = Object.entries(optimizer.scalars(step))
    const inputs = {
      parameters: tensor([count], parameters),
      gradient: tensor([count], slope(parameters)),
      learningRate: tensor([], [learningRate]),
      ...Object.fromEntries(Object.entries(rows).map(([name, data]) => [name, tensor([count], data)])),
      ...Object.fromEntries(scalars.map(([name, value]) => [name, tensor([], [value])]))
    }
    const next = await runGraph<string, string>(inputs, (graph, values) => {
      const { parameters: row, gradient, learningRate: rate } = values
      if (row === undefined || gradient === undefined || rate === undefined) throw new Error('an input is missing')
      const decays = graph.constant(
        [count],
        start.map(() => 1)
      )
      const update = optimizer.update(graph, {
        parameters: row,
        gradient,
        decays,
        learningRate: rate,
        rows: values,
        scalars: values
      })
      const after = Object.entries({ ...update.rows, parameters: update.parameters })
      return Object.fromEntries(after.map(([name, value]) => [`next_${name}`, value]))
    })
    parameters = Float32Array.from(next.next_parameters?.data ?? [])
    rows = Object.fromEntries(optimizer.rows.map((name) => [name, Float32Array.from(next[`next_${name}`]?.data ?? [])]))
    result.push([...parameters])
  }
  return result
}

function expectClose(found: number[][], expected: number[][], tolerance: number): void {
  const errors = expected.flatMap((row, step) =>
    row.map((x, n) => Math.abs((found[step]?.[n] ?? Number.NaN) - x) / Math.max(1, Math.abs(x)))
  )
  expect(Math.max(...errors)).toBeLessThan(tolerance)
}

it.each(goldenCases)('$name goes the way of PyTorch for 20 steps', async ({ configuration, learningRate, ...its }) => {
  const found = await trajectory(optimizerConfiguration.parse(configuration), learningRate, its.trajectory.length)
  expectClose(found, its.trajectory, 1e-5)
})

it("Lion follows its paper's two lines", async () => {
  const [rate, beta1, beta2, weightDecay] = [0.03, 0.9, 0.99, 0.1]
  let [parameters, mean] = [start, start.map(() => 0)]
  const expected = Array.from({ length: 20 }, () => {
    const gradient = slope(parameters)
    const before = mean
    parameters = parameters.map((p, n) => {
      const aim = beta1 * (before[n] as number) + (1 - beta1) * (gradient[n] as number)
      return p - rate * (Math.sign(aim) + weightDecay * p)
    })
    mean = before.map((m, n) => beta2 * m + (1 - beta2) * (gradient[n] as number))
    return parameters
  })
  const configuration = optimizerConfiguration.parse({ kind: 'lion', weightDecay })
  expectClose(await trajectory(configuration, rate, 20), expected, 1e-5)
})

it('an optimizer without a name is AdamW, and Nesterov needs momentum', () => {
  expect(optimizerConfiguration.parse({ clipNorm: 5 })).toMatchObject({ kind: 'adamw', weightDecay: 0.01, clipNorm: 5 })
  expect(() => optimizerConfiguration.parse({ kind: 'sgd', momentum: 0 })).toThrow('must be false without momentum')
})

it.each([
  ['a short gradient stays as it is', [3, 4], 6, [3, 4], 5],
  ['a long one is shortened to the limit and keeps its direction', [30, -40], 5, [3, -4], 50]
])('%s', async (_, numbers, limit, expected, length) => {
  const { norm, gradient } = await runGraph({ given: tensor([2], numbers) }, (graph, { given }) => {
    const found = euclideanNorm(graph, given)
    return { norm: found, gradient: clipped(graph, given, found, limit) }
  })
  expect(norm.data[0]).toBe(length)
  expected.forEach((x, n) => {
    expect(gradient.data[n]).toBeCloseTo(x, 5)
  })
})
