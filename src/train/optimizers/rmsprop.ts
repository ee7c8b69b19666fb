import { z } from 'zod'
import { add, divide, multiply, scaled } from '../../onnx/operators/arithmetic.ts'
import { squareRoot } from '../../onnx/operators/functions.ts'
import { blended, regularized, rowOf, stepped } from './arithmetic.ts'
import type { Optimizer } from './optimizer.ts'
import { clipNorm, epsilon, squaredDecay } from './shared-settings.ts'

export const rmspropConfiguration = z.strictObject({
  kind: z.literal('rmsprop'),
  alpha: z.number().min(0).lt(1).default(0.99).describe('decay of the mean of squared gradients'),
  momentum: z.number().min(0).lt(1).default(0).describe('share of the last velocity that is kept'),
  epsilon,
  weightDecay: squaredDecay,
  clipNorm
})

/** RMSprop (Tieleman and Hinton 2012): v ← α v + (1 − α) g²; b ← μ b + g / (√v + ε); p ← p − η b, of g + λ p. */
export function rmsprop(settings: z.infer<typeof rmspropConfiguration>): Optimizer {
  const { alpha, momentum, epsilon: least, weightDecay } = settings
  return {
    rows: momentum > 0 ? ['moment2', 'velocity'] : ['moment2'],
    scalars: () => ({}),
    update(graph, inputs) {
      const gradient = regularized(graph, inputs, weightDecay)
      const moment2 = blended(graph, rowOf(inputs, 'moment2'), multiply(graph, gradient, gradient), alpha)
      const direction = divide(graph, gradient, add(graph, squareRoot(graph, moment2), graph.scalar(least)))
      if (momentum === 0) return { parameters: stepped(graph, inputs, direction), rows: { moment2 } }
      const velocity = add(graph, scaled(graph, rowOf(inputs, 'velocity'), momentum), direction)
      return { parameters: stepped(graph, inputs, velocity), rows: { moment2, velocity } }
    }
  }
}
