import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { subtract } from '../../onnx/operators/arithmetic.ts'
import { absolute } from '../../onnx/operators/power.ts'
import { emphasis } from './emphasis.ts'
import { emphasizedMean, type HeatmapPair } from './landmark-mean.ts'

export const absoluteErrorConfiguration = z.strictObject({
  kind: z.literal('absolute_error'),
  emphasis: emphasis.default(0)
})

/** Mean of (1 + a t) |h − t| over the voxels, and over the landmarks in the mask. */
export function absoluteError(graph: Graph, heatmaps: HeatmapPair, emphasisAtPeak: number): Value {
  const error = absolute(graph, subtract(graph, heatmaps.predicted, heatmaps.truth))
  return emphasizedMean(graph, error, heatmaps, emphasisAtPeak)
}
