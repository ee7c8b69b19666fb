import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gradients } from '../../../src/onnx/gradients.ts'
import { coupled, couplingConfiguration, type Task } from '../../../src/train/losses/coupling.ts'
import { runGraph, tensor } from '../../support/run-graph.ts'

/** The coupled loss and its slopes along the task's loss and the log-variance s. */
async function coupling(configuration: object, task: Task, loss: number, logVariance: number) {
  const inputs = { loss: tensor([1], [loss]), s: tensor([1], [logVariance]) }
  const { whole, alongLoss, alongS } = await runGraph(inputs, (graph, values) => {
    const result = coupled(graph, task, values.loss, couplingConfiguration.parse(configuration), () => values.s)
    const [first, second] = gradients(graph, result, [values.loss, values.s])
    if (first === undefined || second === undefined) throw new Error('a gradient is missing')
    return { whole: result, alongLoss: first, alongS: second }
  })
  return [whole, alongLoss, alongS].map(({ data }) => data[0] as number)
}

test('uncertainty weighs a classification by 1/σ² and a regression by 1/2σ², and both pay log σ', async () => {
  const tasks = fc.constantFrom<Task>('labels', 'landmarks')
  const drawn = fc.tuple(tasks, fc.double({ min: 0, max: 9, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }))
  await fc.assert(
    fc.asyncProperty(drawn, async ([task, loss, s]) => {
      const sigma = Math.exp(s / 2)
      const weight = (task === 'labels' ? 1 : 0.5) / sigma ** 2
      const expected = [weight * loss + Math.log(sigma), weight, 0.5 - weight * loss]
      const found = await coupling({ kind: 'uncertainty' }, task, loss, s)
      expected.forEach((value, n) => {
        expect(Math.abs((found[n] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)))
      })
    }),
    { numRuns: 30 }
  )
})

test('a fixed weight is that of the landmarks', async () => {
  const { whole } = await runGraph({ loss: tensor([1], [2]) }, (graph, { loss }) => ({
    whole: coupled(graph, 'landmarks', loss, couplingConfiguration.parse({ landmarks: 3 }), () => loss)
  }))
  expect(whole.data[0]).toBe(6)
})
