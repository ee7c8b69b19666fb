import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { divide, multiply, negate } from '../../onnx/operators/arithmetic.ts'
import { total } from '../../onnx/operators/reduce.ts'
import { classWeights, classWeightsOf } from './class-weights.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'

export const crossEntropyConfiguration = z.strictObject({ kind: z.literal('cross_entropy'), classWeights })

/** −Σ w t log p / Σ w t over voxels and outcomes, for the class weights w. */
export function crossEntropy(graph: Graph, { outcomes }: LabelLossInputs, weights: readonly number[]): Value {
  const weighted = multiply(graph, outcomes.truth, classWeightsOf(graph, outcomes, weights))
  const likelihood = total(graph, multiply(graph, weighted, outcomes.logProbability))
  return negate(graph, divide(graph, likelihood, total(graph, weighted)))
}
