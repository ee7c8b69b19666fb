import { z } from 'zod'
import type { Graph, Value } from '../onnx/graph.ts'
import { add, divide, multiply, scaled, subtract } from '../onnx/operators/arithmetic.ts'
import { minimum, squareRoot } from '../onnx/operators/functions.ts'
import { reduceSumSquare } from '../onnx/operators/reduce.ts'

/** AdamW (Loshchilov and Hutter 2019) with the gradient's norm limited. */
export const optimizerConfiguration = z.strictObject({
  beta1: z.number().min(0).lt(1).default(0.9).describe('decay of the mean of gradients'),
  beta2: z.number().min(0).lt(1).default(0.999).describe('decay of the mean of squared gradients'),
  epsilon: z.number().positive().default(1e-8).describe('added to the root of the mean of squared gradients'),
  weightDecay: z.number().min(0).default(1e-2).describe('decoupled decay of convolution weights'),
  clipNorm: z.number().positive().default(12).describe('highest Euclidean norm of the gradient of all parameters')
})

export type OptimizerConfiguration = z.infer<typeof optimizerConfiguration>

/** All trainable numbers of a network in one row, and their running means; each [count]. */
export interface OptimizerState {
  readonly parameters: Value
  readonly moment1: Value
  readonly moment2: Value
}

/** Scalars the caller feeds at step t = 1, 2, …: the learning rate, 1 − β₁ᵗ and 1 − β₂ᵗ. */
export interface OptimizerScalars {
  readonly learningRate: Value
  readonly biasCorrection1: Value
  readonly biasCorrection2: Value
}

/** The Euclidean norm of a row of numbers, [1]. */
export function euclideanNorm(graph: Graph, gradient: Value): Value {
  return squareRoot(graph, reduceSumSquare(graph, gradient, [0]))
}

/** The gradient, scaled down where its norm is above the limit. */
export function clipped(graph: Graph, gradient: Value, norm: Value, limit: number): Value {
  const one = graph.constant([1], [1])
  const factor = minimum(graph, divide(graph, graph.constant([1], [limit]), add(graph, norm, graph.scalar(1e-6))), one)
  return multiply(graph, gradient, factor)
}

/**
 * One step of AdamW: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 * p ← p − η (m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε) + λ p), λ only where `decays` is 1.
 */
export function adamW(
  graph: Graph,
  configuration: OptimizerConfiguration,
  state: OptimizerState,
  gradient: Value,
  decays: Value,
  scalars: OptimizerScalars
): OptimizerState {
  const { beta1, beta2, epsilon, weightDecay } = configuration
  const blend = (mean: Value, sample: Value, beta: number): Value =>
    add(graph, scaled(graph, mean, beta), scaled(graph, sample, 1 - beta))
  const moment1 = blend(state.moment1, gradient, beta1)
  const moment2 = blend(state.moment2, multiply(graph, gradient, gradient), beta2)
  const mean = divide(graph, moment1, scalars.biasCorrection1)
  const spread = squareRoot(graph, divide(graph, moment2, scalars.biasCorrection2))
  const decay = multiply(graph, state.parameters, scaled(graph, decays, weightDecay))
  const direction = add(graph, divide(graph, mean, add(graph, spread, graph.scalar(epsilon))), decay)
  const parameters = subtract(graph, state.parameters, multiply(graph, direction, scalars.learningRate))
  return { parameters, moment1, moment2 }
}
