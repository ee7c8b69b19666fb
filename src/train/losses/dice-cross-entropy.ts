import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { add, scaled } from '../../onnx/operators/arithmetic.ts'
import { classWeights } from './class-weights.ts'
import { crossEntropy } from './cross-entropy.ts'
import { diceLoss } from './dice.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'

export const diceCrossEntropyConfiguration = z.strictObject({
  kind: z.literal('dice_cross_entropy').optional().default('dice_cross_entropy'),
  crossEntropy: z.number().min(0).default(1).describe('weight of the class-weighted cross-entropy'),
  classWeights,
  dice: z.number().min(0).default(1).describe('weight of the soft Dice loss over the classes but the background')
})

/** A · CE + B · Dice loss, as in nnU-Net (Isensee et al. 2021). */
export function diceCrossEntropy(
  graph: Graph,
  inputs: LabelLossInputs,
  configuration: Omit<z.infer<typeof diceCrossEntropyConfiguration>, 'kind'>
): Value {
  const entropy = crossEntropy(graph, inputs, configuration.classWeights)
  const overlap = diceLoss(graph, inputs)
  return add(graph, scaled(graph, entropy, configuration.crossEntropy), scaled(graph, overlap, configuration.dice))
}
