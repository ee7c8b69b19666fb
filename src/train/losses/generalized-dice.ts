import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { add, divide, multiply, scaled, subtract } from '../../onnx/operators/arithmetic.ts'
import { exponential, maximum } from '../../onnx/operators/functions.ts'
import { reduceSum, total } from '../../onnx/operators/reduce.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'

export const generalizedDiceConfiguration = z.strictObject({ kind: z.literal('generalized_dice') })

/**
 * 1 − 2 Σ w Σ p t / Σ w Σ (p + t) over all outcomes, each weighted by w = 1 / (Σ t)² (Sudre et al. 2017), so that small
 * and large classes count alike. An absent class weighs as one of a single voxel.
 */
export function generalizedDiceLoss(graph: Graph, { outcomes: { logProbability, truth } }: LabelLossInputs): Value {
  const perOutcome = (value: Value): Value => reduceSum(graph, value, [0, 2, 3, 4])
  const probability = exponential(graph, logProbability)
  const extent = maximum(graph, perOutcome(truth), graph.scalar(1))
  const weighted = (value: Value): Value =>
    total(graph, divide(graph, perOutcome(value), multiply(graph, extent, extent)))
  const overlap = scaled(graph, weighted(multiply(graph, probability, truth)), 2)
  return subtract(graph, graph.scalar(1), divide(graph, overlap, weighted(add(graph, probability, truth))))
}
