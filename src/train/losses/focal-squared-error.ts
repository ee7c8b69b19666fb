import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { subtract } from '../../onnx/operators/arithmetic.ts'
import { absolute, power } from '../../onnx/operators/power.ts'
import { emphasis } from './emphasis.ts'
import { emphasizedMean, type HeatmapPair } from './landmark-mean.ts'

export const focalSquaredErrorConfiguration = z.strictObject({
  kind: z.literal('focal_squared_error'),
  gamma: z.number().min(0).default(2).describe('how much less a voxel counts the smaller its error'),
  emphasis: emphasis.default(0)
})

/**
 * Mean of (1 + a t) |h − t|^γ (h − t)² over the voxels, and over the landmarks in the mask: the squared error with the
 * weight (1 − p)^γ of Lin et al. 2017, for which an outcome's p is 1 − |h − t|.
 */
export function focalSquaredError(
  graph: Graph,
  heatmaps: HeatmapPair,
  { gamma, emphasis: emphasisAtPeak }: Pick<z.infer<typeof focalSquaredErrorConfiguration>, 'gamma' | 'emphasis'>
): Value {
  const size = absolute(graph, subtract(graph, heatmaps.predicted, heatmaps.truth))
  return emphasizedMean(graph, power(graph, size, graph.scalar(gamma + 2)), heatmaps, emphasisAtPeak)
}
