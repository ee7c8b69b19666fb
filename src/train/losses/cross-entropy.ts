import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { divide, multiply, negate } from '../../onnx/operators/arithmetic.ts'
import { total } from '../../onnx/operators/reduce.ts'
import { answerWeights, classWeights } from './class-weights.ts'
import type { LabelEvidence } from './label-evidence.ts'

export const crossEntropyConfiguration = z.strictObject({ kind: z.literal('cross_entropy'), classWeights })

/** −Σ w t log p / Σ w t over voxels and answers, for the class weights w. */
export function crossEntropy(graph: Graph, { answers }: LabelEvidence, weights: readonly number[]): Value {
  const weighted = multiply(graph, answers.truth, answerWeights(graph, answers, weights))
  const likelihood = total(graph, multiply(graph, weighted, answers.logProbability))
  return negate(graph, divide(graph, likelihood, total(graph, weighted)))
}
