import { expect, test } from 'vitest'
import { createRandom } from '../../../src/core/math/random.ts'
import { multiply, subtract } from '../../../src/onnx/operators/arithmetic.ts'
import { total } from '../../../src/onnx/operators/reduce.ts'
import { deeplySupervised } from '../../../src/train/losses/deep-supervision.ts'
import { runGraph, tensor } from '../../support/run-graph.ts'

const random = createRandom(5)
const [depth, height, width] = [4, 8, 4]
const labels = Array.from({ length: 2 * depth * height * width }, () => random.integer(0, 1))
const drawn = (count: number) => Array.from({ length: count }, () => random.normal())
const sum = (numbers: readonly number[]): number => numbers.reduce((all, x) => all + x, 0)

/** The labels' means over blocks of z × y × x voxels. */
function means(z: number, y: number, x: number): number[] {
  const [planes, rows, columns] = [depth / z, height / y, width / x]
  return Array.from({ length: 2 * planes * rows * columns }, (_, at) => {
    const [i, j] = [at % columns, Math.floor(at / columns) % rows]
    const [k, c] = [Math.floor(at / (columns * rows)) % planes, Math.floor(at / (columns * rows * planes))]
    const inside = labels.filter((_, from) => {
      const [fi, fj] = [from % width, Math.floor(from / width) % height]
      const [fk, fc] = [Math.floor(from / (width * height)) % depth, Math.floor(from / (width * height * depth))]
      return fc === c && Math.floor(fi / x) === i && Math.floor(fj / y) === j && Math.floor(fk / z) === k
    })
    return sum(inside) / inside.length
  })
}

test.each([1, 2, 3])(
  'the loss of %i grids is their mean by the weights 1, 1/2, 1/4, each beside mean labels',
  async (count) => {
    const blocks = [
      [1, 1, 1],
      [2, 2, 1],
      [4, 4, 2]
    ].slice(0, count) as [number, number, number][]
    const grids = blocks.map(([z, y, x]) => {
      const [d, h, w] = [depth / z, height / y, width / x]
      return { shape: [1, 2, d, h, w], logits: drawn(2 * d * h * w), truth: means(z, y, x) }
    })
    const squares = grids.map(({ logits, truth }) => sum(logits.map((p, at) => (p - (truth[at] as number)) ** 2)))
    const weights = [1, 1 / 2, 1 / 4].slice(0, count)
    const expected = sum(squares.map((square, n) => (weights[n] as number) * square)) / sum(weights)

    const logits = Object.fromEntries(grids.map(({ shape, logits: data }, n) => [`logits${n}`, tensor(shape, data)]))
    const inputs = { ...logits, labels: tensor([1, 2, depth, height, width], labels) }
    const { loss } = await runGraph(inputs, (graph, { labels: truth, ...outputs }) => ({
      loss: deeplySupervised(graph, Object.values(outputs), truth, (found, wanted) => {
        const error = subtract(graph, found, wanted)
        return total(graph, multiply(graph, error, error))
      })
    }))
    expect(loss.data[0]).toBeCloseTo(expected, 3)
  }
)
