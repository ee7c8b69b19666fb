import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/math/random.ts'
import { gradients } from '../../../src/onnx/gradients.ts'
import type { Graph, Value } from '../../../src/onnx/graph.ts'
import { heatmapLoss, heatmapLossConfiguration } from '../../../src/train/losses/heatmap-loss.ts'
import { labelLoss, labelLossConfiguration } from '../../../src/train/losses/label-loss.ts'
import { labelLossInputs } from '../../../src/train/losses/label-loss-inputs.ts'
import { runGraph, tensor } from '../../support/run-graph.ts'
import { referenceHeatmapLoss, referenceLabelLoss } from './references.ts'

const grid = [3, 2, 4] as const
const voxels = 24
const channels = 3
const shape = [1, channels, ...grid]
const random = createRandom(3)
const drawn = (low: number, high: number): number[] =>
  Array.from({ length: channels * voxels }, () => random.uniform(low, high))
const rows = (numbers: ArrayLike<number>): number[][] =>
  Array.from({ length: channels }, (_, c) => Array.from(numbers).slice(c * voxels, (c + 1) * voxels))

interface Case {
  readonly predicted: readonly number[]
  readonly truth: readonly number[]
  readonly build: (graph: Graph, predicted: Value, truth: Value) => Value
  readonly reference: (predicted: number[][], truth: number[][]) => number
}

async function lossAndGradient({ predicted, truth, build }: Case): Promise<{ loss: number; slopes: Float32Array }> {
  const inputs = { predicted: tensor(shape, predicted), truth: tensor(shape, truth) }
  const { loss, slopes } = await runGraph(inputs, (graph, values) => {
    const result = build(graph, values.predicted, values.truth)
    return { loss: result, slopes: gradients(graph, result, [values.predicted])[0] as Value }
  })
  return { loss: loss.data[0] as number, slopes: slopes.data }
}

/** Compares value and gradient with the reference in float64 and its central differences. */
async function expectLikeReference(the: Case): Promise<void> {
  const { loss, slopes } = await lossAndGradient(the)
  const at = (predicted: readonly number[]): number => the.reference(rows(predicted), rows(the.truth))
  expect(Math.abs(loss - at(the.predicted))).toBeLessThan(1e-5 * Math.max(1, loss))
  const step = 1e-5
  const moved = (n: number, by: number): number[] => the.predicted.map((x, other) => (other === n ? x + by : x))
  const measured = the.predicted.map((_, n) => (at(moved(n, step)) - at(moved(n, -step))) / (2 * step))
  const size = Math.max(...measured.map(Math.abs))
  expect(size).toBeGreaterThan(0)
  const worst = Math.max(...measured.map((slope, n) => Math.abs(slope - (slopes[n] as number))))
  expect(worst / size).toBeLessThan(1e-4)
}

async function expectFinite(the: Case): Promise<number> {
  const { loss, slopes } = await lossAndGradient(the)
  expect(Number.isFinite(loss)).toBe(true)
  expect(slopes.every(Number.isFinite)).toBe(true)
  return loss
}

const classWeights = [1, 8, 3]
const labelLosses = [
  { classWeights },
  { kind: 'cross_entropy', classWeights },
  { kind: 'dice' },
  { kind: 'generalized_dice' },
  { kind: 'focal', classWeights },
  { kind: 'focal', gamma: 1, classWeights },
  { kind: 'focal', gamma: 0.3, classWeights },
  { kind: 'focal', gamma: 0, classWeights },
  { kind: 'tversky' }
].flatMap((loss) =>
  (['softmax', 'sigmoid'] as const).map((head) => ({ head, loss: labelLossConfiguration.parse(loss) }))
)

describe.each(labelLosses)('$loss.kind of a $head head', ({ head, loss }) => {
  const classes = Array.from({ length: voxels }, () => random.integer(0, 2))
  const oneHot = (classOf: readonly number[]): number[] =>
    [0, 1, 2].flatMap((c) => classOf.map((label) => (label === c ? 1 : 0)))
  const made = (predicted: readonly number[], truth: readonly number[]): Case => ({
    predicted,
    truth,
    build: (graph, logits, labels) => labelLoss(graph, labelLossInputs(graph, head, logits, labels), loss),
    reference: (logits, labels) => referenceLabelLoss(head, logits, labels, loss)
  })

  it('is what its paper says, and so is its gradient', async () => {
    await expectLikeReference(made(drawn(-3, 3), oneHot(classes)))
  })

  it('stays finite where a class is absent, all is background, or logits are huge', async () => {
    const background = oneHot(classes.map(() => 0))
    const absent = oneHot(classes.map((label) => Math.min(label, 1)))
    for (const truth of [background, absent, oneHot(classes)]) {
      await expectFinite(made(drawn(-3, 3), truth))
      await expectFinite(
        made(
          drawn(-3, 3).map((x) => 50 * Math.sign(x)),
          truth
        )
      )
    }
  })

  it('is zero for a confident and correct prediction, and far more for a wrong one', async () => {
    const truth = oneHot(classes)
    const right = await expectFinite(
      made(
        truth.map((t) => 100 * t - 50),
        truth
      )
    )
    expect(right).toBeCloseTo(0, 5)
    expect(
      await expectFinite(
        made(
          truth.map((t) => 50 - 100 * t),
          truth
        )
      )
    ).toBeGreaterThan(0.3)
  })
})

const heatmapLosses = [
  {},
  { kind: 'squared_error' },
  { kind: 'squared_error', emphasis: 5 },
  { kind: 'focal_squared_error' },
  { kind: 'absolute_error', emphasis: 2 },
  { kind: 'adaptive_wing' },
  { kind: 'coordinates' },
  { kind: 'coordinates', shape: 0, sharpness: 4 }
].map((loss) => ({ loss: heatmapLossConfiguration.parse(loss) }))

describe.each(heatmapLosses)('$loss', ({ loss }) => {
  const peaks = Array.from({ length: channels * voxels }, (_, at) =>
    Math.exp(-(((at % voxels) - 6 - 4 * Math.floor(at / voxels)) ** 2) / 8)
  )
  const none = peaks.map(() => 0)
  const made = (predicted: readonly number[], truth: readonly number[], mask: readonly number[]): Case => ({
    predicted,
    truth,
    build: (graph, heatmaps, expected) =>
      heatmapLoss(
        graph,
        { predicted: heatmaps, truth: expected, mask: graph.constant([1, channels, 1, 1, 1], mask) },
        loss
      ),
    reference: (heatmaps, expected) => referenceHeatmapLoss(grid, heatmaps, expected, mask, loss)
  })

  it('is what its paper says, and so is its gradient', async () => {
    const guess = peaks.map((t) => 0.6 * t + random.uniform(-0.1, 0.9))
    await expectLikeReference(made(guess, peaks, [1, 0, 1]))
  })

  it('stays finite without landmarks in the grid or the mask, and for huge heatmaps', async () => {
    await expectFinite(made(none, none, [1, 1, 1]))
    expect(await expectFinite(made(drawn(-1, 1), peaks, [0, 0, 0]))).toBe(0)
    await expectFinite(made(drawn(-50, 50), peaks, [1, 1, 1]))
  })

  it('is zero for the true heatmap', async () => {
    expect(await expectFinite(made(peaks, peaks, [1, 1, 1]))).toBeCloseTo(0, 6)
  })
})
