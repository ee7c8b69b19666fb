import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { add, multiply, scaled, subtract } from '../../onnx/operators/arithmetic.ts'
import { atLeast } from '../../onnx/operators/comparison.ts'
import { absolute } from '../../onnx/operators/power.ts'
import { reduceMax, reduceSum } from '../../onnx/operators/reduce.ts'
import { reshape } from '../../onnx/operators/reshape.ts'
import { softmax } from '../../onnx/operators/softmax.ts'
import { elementCount } from '../../onnx/shape.ts'
import { emphasis } from './emphasis.ts'
import { type HeatmapPair, landmarkMean } from './landmark-mean.ts'
import { relativeSquaredError } from './relative-squared-error.ts'

export const coordinatesConfiguration = z.strictObject({
  kind: z.literal('coordinates'),
  sharpness: z.number().positive().default(30).describe('factor of the heatmap before the softmax over voxels'),
  shape: z.number().min(0).default(1).describe('weight of the relative squared error of the heatmap, as a regularizer'),
  emphasis
})

/** Least peak of a true heatmap whose landmark is in the grid. */
const presence = 0.5

/**
 * The distance along the axes Σ |x(h) − x(t)|, averaged over the landmarks in the mask that are in the grid, where x is
 * the mean position under softmax(β h) (Sun et al. 2018) and the grid reaches from −1 to 1 along each axis (Nibali et
 * al. 2018); and, as a regularizer of the heatmap's shape, its relative squared error.
 */
export function coordinateLoss(
  graph: Graph,
  heatmaps: HeatmapPair,
  configuration: Omit<z.infer<typeof coordinatesConfiguration>, 'kind'>
): Value {
  const { sharpness, shape, emphasis: emphasisAtPeak } = configuration
  const { predicted, truth, mask } = heatmaps
  const present = atLeast(graph, reduceMax(graph, truth, [2, 3, 4]), graph.scalar(presence))
  const difference = subtract(graph, softOneHot(graph, predicted, sharpness), softOneHot(graph, truth, sharpness))
  const distance = [2, 3, 4]
    .map((axis) =>
      absolute(graph, reduceSum(graph, multiply(graph, difference, positions(graph, truth, axis)), [2, 3, 4]))
    )
    .reduce((sum, part) => add(graph, sum, part))
  const error = landmarkMean(graph, distance, multiply(graph, mask, present))
  if (shape === 0) return error
  return add(graph, error, scaled(graph, relativeSquaredError(graph, heatmaps, emphasisAtPeak), shape))
}

/** softmax(β h) over the voxels of each heatmap. */
function softOneHot(graph: Graph, heatmaps: Value, sharpness: number): Value {
  const [items, landmarks, ...grid] = heatmaps.shape as [number, number, ...number[]]
  const rows = reshape(graph, scaled(graph, heatmaps, sharpness), [items, landmarks, elementCount(grid)])
  return reshape(graph, softmax(graph, rows, 2), heatmaps.shape)
}

/** The voxels' middles along an axis of a grid that reaches from −1 to 1, with size 1 along the others. */
function positions(graph: Graph, { shape }: Value, axis: number): Value {
  const count = shape[axis] as number
  const middles = Array.from({ length: count }, (_, at) => (2 * at + 1) / count - 1)
  return graph.constant(
    shape.map((_, other) => (other === axis ? count : 1)),
    middles
  )
}
