import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { multiply, subtract } from '../../onnx/operators/arithmetic.ts'
import { emphasis } from './emphasis.ts'
import { emphasizedMean, type HeatmapPair } from './landmark-mean.ts'

export const squaredErrorConfiguration = z.strictObject({
  kind: z.literal('squared_error'),
  emphasis: emphasis.default(0)
})

/** Mean of (1 + a t)(h − t)² over the voxels, and over the landmarks in the mask. */
export function squaredError(graph: Graph, heatmaps: HeatmapPair, emphasisAtPeak: number): Value {
  const error = subtract(graph, heatmaps.predicted, heatmaps.truth)
  return emphasizedMean(graph, multiply(graph, error, error), heatmaps, emphasisAtPeak)
}
