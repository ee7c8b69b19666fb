import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { divide, multiply, subtract } from '../../onnx/operators/arithmetic.ts'
import { maximum } from '../../onnx/operators/functions.ts'
import { reduceSum } from '../../onnx/operators/reduce.ts'
import { elementCount } from '../../onnx/shape.ts'
import { emphasis } from './emphasis.ts'
import { type HeatmapPair, importance, landmarkMean } from './landmark-mean.ts'

export const relativeSquaredErrorConfiguration = z.strictObject({
  kind: z.literal('relative_squared_error').optional().default('relative_squared_error'),
  emphasis
})

/** Least mass a heatmap's error is divided by, as a share of the grid: what a false peak costs where nothing is. */
const heatmapFloor = 1e-3

/**
 * Mean over the landmarks in the mask of Σ (1 + a t)(h − t)² / max(Σ (1 + a t) t², 10⁻³ · voxels), so that an empty
 * prediction costs 1 wherever the landmark is in the grid, and a false peak costs mildly where it is not.
 */
export function relativeSquaredError(
  graph: Graph,
  { predicted, truth, mask }: HeatmapPair,
  emphasisAtPeak: number
): Value {
  const weight = importance(graph, truth, emphasisAtPeak)
  const error = subtract(graph, predicted, truth)
  const weightedSquare = (value: Value): Value =>
    reduceSum(graph, multiply(graph, multiply(graph, weight, value), value), [2, 3, 4])
  const floor = graph.scalar(heatmapFloor * elementCount(predicted.shape.slice(2)))
  const mass = maximum(graph, weightedSquare(truth), floor)
  return landmarkMean(graph, divide(graph, weightedSquare(error), mass), mask)
}
