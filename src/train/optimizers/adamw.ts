import { z } from 'zod'
import { add } from '../../onnx/operators/arithmetic.ts'
import { decayOf, stepped } from './arithmetic.ts'
import { biasCorrections, momentDirection, momentRows } from './moments.ts'
import type { Optimizer } from './optimizer.ts'
import { beta1, beta2, clipNorm, decoupledDecay, epsilon } from './shared-settings.ts'

export const adamWConfiguration = z.strictObject({
  kind: z.literal('adamw').optional().default('adamw'),
  beta1,
  beta2,
  epsilon,
  weightDecay: decoupledDecay,
  clipNorm
})

/** AdamW (Loshchilov and Hutter 2019): p ← p − η (Adam's direction + λ p), λ only where decay applies. */
export function adamW(settings: z.infer<typeof adamWConfiguration>): Optimizer {
  return {
    rows: momentRows,
    scalars: (step) => biasCorrections(settings, step),
    update(graph, inputs) {
      const { direction, rows } = momentDirection(graph, inputs, inputs.gradient, settings)
      const decayed = add(graph, direction, decayOf(graph, inputs, settings.weightDecay))
      return { parameters: stepped(graph, inputs, decayed), rows }
    }
  }
}
