import { z } from 'zod'
import { add } from '../../onnx/operators/arithmetic.ts'
import { blended, decayOf, rowOf, stepped } from './arithmetic.ts'
import type { Optimizer } from './optimizer.ts'
import { beta1, beta2, clipNorm, decoupledDecay } from './shared-settings.ts'

export const lionConfiguration = z.strictObject({
  kind: z.literal('lion'),
  beta1: beta1.describe('share of the mean of gradients in the direction'),
  beta2: beta2.default(0.99).describe('decay of the mean of gradients'),
  weightDecay: decoupledDecay,
  clipNorm
})

/** Lion (Chen et al. 2023): p ← p − η (sign(β₁ m + (1 − β₁) g) + λ p); m ← β₂ m + (1 − β₂) g. */
export function lion(settings: z.infer<typeof lionConfiguration>): Optimizer {
  return {
    rows: ['moment1'],
    scalars: () => ({}),
    update(graph, inputs) {
      const mean = rowOf(inputs, 'moment1')
      const aim = blended(graph, mean, inputs.gradient, settings.beta1)
      const sign = graph.apply({ type: 'Sign', inputs: [aim], shape: aim.shape })
      const direction = add(graph, sign, decayOf(graph, inputs, settings.weightDecay))
      const moment1 = blended(graph, mean, inputs.gradient, settings.beta2)
      return { parameters: stepped(graph, inputs, direction), rows: { moment1 } }
    }
  }
}
