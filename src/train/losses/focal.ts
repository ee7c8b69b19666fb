import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { relu } from '../../onnx/operators/activation.ts'
import { add, divide, multiply, negate, subtract } from '../../onnx/operators/arithmetic.ts'
import { exponential } from '../../onnx/operators/functions.ts'
import { power } from '../../onnx/operators/power.ts'
import { total } from '../../onnx/operators/reduce.ts'
import { classWeights, classWeightsOf } from './class-weights.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'

export const focalConfiguration = z.strictObject({
  kind: z.literal('focal'),
  gamma: z
    .number()
    .min(0)
    .default(2)
    .describe('how much less a voxel counts the more confident and correct the prediction'),
  classWeights
})

/** 1 − p is taken to be at least this: at 0, where rounding brings it, a power below 1 has no slope. */
const minDoubt = 1e-6

/**
 * −Σ w t (1 − p)^γ log p / Σ w t over voxels and outcomes (Lin et al. 2017, with class weights w for α). Unlike there the
 * sum is divided by all weights, so that γ = 0 is the cross-entropy.
 */
export function focalLoss(
  graph: Graph,
  { outcomes }: LabelLossInputs,
  { gamma, classWeights: weights }: Pick<z.infer<typeof focalConfiguration>, 'gamma' | 'classWeights'>
): Value {
  const { truth, logProbability } = outcomes
  const weighted = multiply(graph, truth, classWeightsOf(graph, outcomes, weights))
  const beyond = subtract(graph, graph.scalar(1 - minDoubt), exponential(graph, logProbability))
  const doubt = add(graph, relu(graph, beyond), graph.scalar(minDoubt))
  const focused = multiply(graph, weighted, power(graph, doubt, graph.scalar(gamma)))
  return negate(graph, divide(graph, total(graph, multiply(graph, focused, logProbability)), total(graph, weighted)))
}
