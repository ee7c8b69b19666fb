import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { add, divide, multiply, scaled, subtract } from '../../onnx/operators/arithmetic.ts'
import { reduceSum, total } from '../../onnx/operators/reduce.ts'
import { overlapSmoothing } from './dice.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'

export const tverskyConfiguration = z.strictObject({
  kind: z.literal('tversky'),
  alpha: z.number().min(0).default(0.3).describe('weight of what is taken for the class and is not'),
  beta: z.number().min(0).default(0.7).describe('weight of what is of the class and was missed')
})

/**
 * 1 − mean over the classes but the background of (Σ p t + 1) / (Σ p t + α Σ p (1 − t) + β Σ (1 − p) t + 1) (Salehi et
 * al. 2017).
 */
export function tverskyLoss(
  graph: Graph,
  { foreground: { probability, truth } }: LabelLossInputs,
  { alpha, beta }: Pick<z.infer<typeof tverskyConfiguration>, 'alpha' | 'beta'>
): Value {
  const perClass = (value: Value): Value => reduceSum(graph, value, [0, 2, 3, 4])
  const overlap = perClass(multiply(graph, probability, truth))
  const wrong = scaled(graph, subtract(graph, perClass(probability), overlap), alpha)
  const missed = scaled(graph, subtract(graph, perClass(truth), overlap), beta)
  const found = add(graph, overlap, graph.scalar(overlapSmoothing))
  const scores = divide(graph, found, add(graph, add(graph, found, wrong), missed))
  return subtract(graph, graph.scalar(1), scaled(graph, total(graph, scores), 1 / (truth.shape[1] as number)))
}
