import { z } from 'zod'
import { regularized, stepped } from './arithmetic.ts'
import { biasCorrections, momentDirection, momentRows } from './moments.ts'
import type { Optimizer } from './optimizer.ts'
import { beta1, beta2, clipNorm, epsilon, squaredDecay } from './shared-settings.ts'

export const adamConfiguration = z.strictObject({
  kind: z.literal('adam'),
  beta1,
  beta2,
  epsilon,
  weightDecay: squaredDecay,
  clipNorm
})

/** Adam (Kingma and Ba 2015): p ← p − η · direction, of the gradient g + λ p. */
export function adam(settings: z.infer<typeof adamConfiguration>): Optimizer {
  return {
    rows: momentRows,
    scalars: (step) => biasCorrections(settings, step),
    update(graph, inputs) {
      const gradient = regularized(graph, inputs, settings.weightDecay)
      const { direction, rows } = momentDirection(graph, inputs, gradient, settings)
      return { parameters: stepped(graph, inputs, direction), rows }
    }
  }
}
