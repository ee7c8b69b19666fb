import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { add, divide, multiply, scaled, subtract } from '../../onnx/operators/arithmetic.ts'
import { reduceSum, total } from '../../onnx/operators/reduce.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'

export const diceConfiguration = z.strictObject({ kind: z.literal('dice') })

/** Added to both sides of an overlap's fraction, in voxels, so that an absent class has a defined score. */
export const overlapSmoothing = 1

/**
 * 1 − mean over the classes but the background of (2 Σ p t + 1) / (Σ p + Σ t + 1). Milletari et al. 2016, with the
 * plain sums of Drozdzal et al. 2016.
 */
export function diceLoss(graph: Graph, { foreground: { probability, truth } }: LabelLossInputs): Value {
  const perClass = (value: Value): Value => reduceSum(graph, value, [0, 2, 3, 4])
  const smoothing = graph.scalar(overlapSmoothing)
  const overlap = add(graph, scaled(graph, perClass(multiply(graph, probability, truth)), 2), smoothing)
  const extent = add(graph, add(graph, perClass(probability), perClass(truth)), smoothing)
  const mean = scaled(graph, total(graph, divide(graph, overlap, extent)), 1 / (truth.shape[1] as number))
  return subtract(graph, graph.scalar(1), mean)
}
