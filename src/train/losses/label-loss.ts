import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { crossEntropy, crossEntropyConfiguration } from './cross-entropy.ts'
import { diceConfiguration, diceLoss } from './dice.ts'
import { diceCrossEntropy, diceCrossEntropyConfiguration } from './dice-cross-entropy.ts'
import { focalConfiguration, focalLoss } from './focal.ts'
import { generalizedDiceConfiguration, generalizedDiceLoss } from './generalized-dice.ts'
import type { LabelLossInputs } from './label-loss-inputs.ts'
import { tverskyConfiguration, tverskyLoss } from './tversky.ts'

/** How a label head's error is measured. */
export const labelLossConfiguration = z.discriminatedUnion('kind', [
  diceCrossEntropyConfiguration,
  crossEntropyConfiguration,
  diceConfiguration,
  generalizedDiceConfiguration,
  focalConfiguration,
  tverskyConfiguration
])

export type LabelLossConfiguration = z.infer<typeof labelLossConfiguration>

/** The configured loss of a label head, a scalar. */
export function labelLoss(graph: Graph, inputs: LabelLossInputs, configuration: LabelLossConfiguration): Value {
  switch (configuration.kind) {
    case 'dice_cross_entropy':
      return diceCrossEntropy(graph, inputs, configuration)
    case 'cross_entropy':
      return crossEntropy(graph, inputs, configuration.classWeights)
    case 'dice':
      return diceLoss(graph, inputs)
    case 'generalized_dice':
      return generalizedDiceLoss(graph, inputs)
    case 'focal':
      return focalLoss(graph, inputs, configuration)
    case 'tversky':
      return tverskyLoss(graph, inputs, configuration)
  }
}
