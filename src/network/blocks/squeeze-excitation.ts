import type { Value } from '../../onnx/graph.ts'
import { relu } from '../../onnx/operators/activation.ts'
import { multiply } from '../../onnx/operators/arithmetic.ts'
import { sigmoid } from '../../onnx/operators/functions.ts'
import { reduceMean } from '../../onnx/operators/reduce.ts'
import { pointwise } from './convolution.ts'
import type { Scope } from './scope.ts'

/**
 * Squeeze-and-excitation (Hu et al. 2018): x · σ(W₂ relu(W₁ mean(x) + b₁) + b₂), a weight for each channel from the means
 * of all channels. `NAME.squeeze` has fewer channels by the configured ratio, `NAME.excitation` as many as x.
 */
export function squeezeExcitation(scope: Scope, value: Value, name: string): Value {
  const { graph, configuration } = scope
  if (configuration.squeezeExcitation === 0) return value
  const channels = value.shape[1] as number
  const means = reduceMean(graph, value, [2, 3, 4])
  const squeezed = pointwise(scope, means, `${name}.squeeze`, channels / configuration.squeezeExcitation, true)
  const excited = pointwise(scope, relu(graph, squeezed), `${name}.excitation`, channels, true)
  return multiply(graph, value, sigmoid(graph, excited))
}
