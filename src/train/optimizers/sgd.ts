import { z } from 'zod'
import { add, scaled } from '../../onnx/operators/arithmetic.ts'
import { regularized, rowOf, stepped } from './arithmetic.ts'
import type { Optimizer } from './optimizer.ts'
import { clipNorm, squaredDecay } from './shared-settings.ts'

export const sgdConfiguration = z
  .strictObject({
    kind: z.literal('sgd'),
    momentum: z.number().min(0).lt(1).default(0.99).describe('share of the last velocity that is kept'),
    nesterov: z.boolean().default(true).describe('whether the gradient is taken as if after the next move'),
    weightDecay: squaredDecay,
    clipNorm
  })
  .refine(({ momentum, nesterov }) => momentum > 0 || !nesterov, {
    message: 'must be false without momentum',
    path: ['nesterov']
  })

/**
 * Stochastic gradient descent with momentum, in the form of Sutskever et al. 2013: v ← μ v + g; p ← p − η v, or
 * p ← p − η (g + μ v) after Nesterov 1983, of the gradient g + λ p. The defaults are those of nnU-Net.
 */
export function sgd(settings: z.infer<typeof sgdConfiguration>): Optimizer {
  const { momentum, nesterov, weightDecay } = settings
  return {
    rows: momentum > 0 ? ['velocity'] : [],
    scalars: () => ({}),
    update(graph, inputs) {
      const gradient = regularized(graph, inputs, weightDecay)
      if (momentum === 0) return { parameters: stepped(graph, inputs, gradient), rows: {} }
      const velocity = add(graph, scaled(graph, rowOf(inputs, 'velocity'), momentum), gradient)
      const direction = nesterov ? add(graph, gradient, scaled(graph, velocity, momentum)) : velocity
      return { parameters: stepped(graph, inputs, direction), rows: { velocity } }
    }
  }
}
