import type { Graph, Value } from '../../onnx/graph.ts'
import { add, divide, multiply } from '../../onnx/operators/arithmetic.ts'
import { squareRoot } from '../../onnx/operators/functions.ts'
import { blended, rowOf, scalarOf } from './arithmetic.ts'
import type { UpdateInputs } from './optimizer.ts'

export interface MomentSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** Names of the two running means. */
export const momentRows = ['moment1', 'moment2']

/** 1 − βᵗ, by which running means that start at 0 are too small. */
export function biasCorrections({ beta1, beta2 }: MomentSettings, step: number): Record<string, number> {
  return { bias_correction1: 1 - beta1 ** step, bias_correction2: 1 - beta2 ** step }
}

/**
 * The direction of Adam (Kingma and Ba 2015): m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 * m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε).
 */
export function momentDirection(
  graph: Graph,
  inputs: UpdateInputs,
  gradient: Value,
  { beta1, beta2, epsilon }: MomentSettings
): { readonly direction: Value; readonly rows: Readonly<Record<string, Value>> } {
  const moment1 = blended(graph, rowOf(inputs, 'moment1'), gradient, beta1)
  const moment2 = blended(graph, rowOf(inputs, 'moment2'), multiply(graph, gradient, gradient), beta2)
  const mean = divide(graph, moment1, scalarOf(inputs, 'bias_correction1'))
  const spread = squareRoot(graph, divide(graph, moment2, scalarOf(inputs, 'bias_correction2')))
  return { direction: divide(graph, mean, add(graph, spread, graph.scalar(epsilon))), rows: { moment1, moment2 } }
}
