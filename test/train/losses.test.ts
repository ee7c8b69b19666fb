import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/random.ts'
import type { Tensor } from '../../src/runtime/session.ts'
import { crossEntropy, diceLoss, heatmapLoss } from '../../src/train/losses.ts'
import { runGraph, tensor } from '../support/run-graph.ts'

const random = createRandom(3)
const classes = 3
const voxels = 12
const grid = [1, 3, 4] as const
const shape = (channels: number): number[] => [1, channels, ...grid]
const drawn = (count: number, low: number, high: number): number[] =>
  Array.from({ length: count }, () => random.uniform(low, high))

const logits = drawn(classes * voxels, -3, 3)
const truth = Array.from({ length: voxels }, () => random.integer(0, classes - 1))
const oneHot = Array.from({ length: classes * voxels }, (_, at) =>
  truth[at % voxels] === Math.floor(at / voxels) ? 1 : 0
)

/** Softmax over classes in float64. */
function probability(of: number, voxel: number): number {
  const powers = Array.from({ length: classes }, (_, c) => Math.exp(logits[c * voxels + voxel] as number))
  return (powers[of] as number) / powers.reduce((sum, p) => sum + p, 0)
}

async function labelLoss(
  build: typeof diceLoss | ((...parts: Parameters<typeof diceLoss>) => ReturnType<typeof diceLoss>),
  numbers = logits
): Promise<number> {
  const inputs = { logits: tensor(shape(classes), numbers), labels: tensor(shape(classes), oneHot) }
  const { loss } = await runGraph(inputs, (graph, values) => ({
    loss: build(graph, values.logits, values.labels)
  }))
  return loss.data[0] as number
}

describe('the cross-entropy', () => {
  it('is the weighted mean of −log p of the true class', async () => {
    const weights = [1, 8, 3]
    const weightOf = truth.map((label) => weights[label] as number)
    const sum = truth.reduce((total, label, v) => total - (weightOf[v] as number) * Math.log(probability(label, v)), 0)
    const expected = sum / weightOf.reduce((total, w) => total + w, 0)
    expect(await labelLoss((graph, a, b) => crossEntropy(graph, a, b, weights))).toBeCloseTo(expected, 5)
  })

  it('stays finite for logits whose exponential does not', async () => {
    const huge = logits.map((x) => 200 * x)
    expect(await labelLoss((graph, a, b) => crossEntropy(graph, a, b, [1, 1, 1]), huge)).toBeLessThan(2000)
  })
})

describe('the Dice loss', () => {
  it('is one minus the mean overlap of the classes but the background', async () => {
    const scores = [1, 2].map((c) => {
      const p = truth.map((_, v) => probability(c, v))
      const t = truth.map((label) => (label === c ? 1 : 0))
      const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)
      return (2 * sum(p.map((x, v) => x * (t[v] as number))) + 1) / (sum(p) + sum(t) + 1)
    })
    expect(await labelLoss(diceLoss)).toBeCloseTo(1 - ((scores[0] as number) + (scores[1] as number)) / 2, 5)
  })

  it('is zero where every class is certain and right', async () => {
    const certain = oneHot.map((t) => 100 * t)
    expect(await labelLoss(diceLoss, certain)).toBeCloseTo(0, 5)
  })
})

describe('the heatmap loss', () => {
  const landmarks = 2
  const emphasis = 10
  const edge = 8
  const heatShape = [1, landmarks, edge, edge, edge]
  const count = edge ** 3
  const peak = (center: number): number[] =>
    Array.from({ length: count }, (_, at) => {
      const [i, j, k] = [at % edge, Math.floor(at / edge) % edge, Math.floor(at / edge ** 2)]
      return Math.exp(-((i - center) ** 2 + (j - center) ** 2 + (k - center) ** 2) / 4)
    })
  const none = new Array<number>(count).fill(0)

  async function heatLoss(predicted: number[], heatmaps: number[], mask = [1, 1]): Promise<number> {
    const inputs: Record<'predicted' | 'heatmaps' | 'mask', Tensor> = {
      predicted: tensor(heatShape, predicted),
      heatmaps: tensor(heatShape, heatmaps),
      mask: tensor([1, landmarks, 1, 1, 1], mask)
    }
    const { loss } = await runGraph(inputs, (graph, values) => ({
      loss: heatmapLoss(graph, values.predicted, values.heatmaps, values.mask, emphasis)
    }))
    return loss.data[0] as number
  }

  it('is Σ (1 + a t)(h − t)² over Σ (1 + a t) t², averaged over the landmarks', async () => {
    const targets = [peak(3), peak(5)]
    const guesses = targets.map((target) => target.map((t) => 0.7 * t + random.uniform(-0.1, 0.1)))
    const expected = targets.map((target, n) => {
      const weighted = (error: (at: number) => number): number =>
        target.reduce((sum, t, at) => sum + (1 + emphasis * t) * error(at) ** 2, 0)
      return (
        weighted((at) => (guesses[n]?.[at] as number) - (target[at] as number)) / weighted((at) => target[at] as number)
      )
    })
    const mean = ((expected[0] as number) + (expected[1] as number)) / 2
    expect(await heatLoss(guesses.flat(), targets.flat())).toBeCloseTo(mean, 5)
  })

  it('is one for an empty prediction', async () => {
    expect(await heatLoss([...none, ...none], [...peak(3), ...peak(5)])).toBeCloseTo(1, 5)
  })

  it('is zero for an empty prediction of an absent landmark, and above zero for a false peak', async () => {
    expect(await heatLoss([...none, ...peak(5)], [...none, ...peak(5)])).toBe(0)
    expect(await heatLoss([...peak(3), ...peak(5)], [...none, ...peak(5)])).toBeGreaterThan(0.1)
  })

  it('leaves out landmarks outside the mask', async () => {
    expect(await heatLoss([...peak(3), ...none], [...none, ...peak(5)], [0, 1])).toBeCloseTo(1, 5)
    expect(await heatLoss([...peak(3), ...none], [...none, ...peak(5)], [0, 0])).toBe(0)
  })
})
