import type { Value } from '../../onnx/graph.ts'
import { activate } from './activation.ts'
import { convolution } from './convolution.ts'
import { normalize } from './normalization.ts'
import type { Scope } from './scope.ts'

/** Convolution and normalization. A convolution that no normalization follows has a bias. */
export function linearLayer(
  scope: Scope,
  input: Value,
  name: string,
  channels: number,
  convolve: typeof convolution = convolution
): Value {
  const withBias = scope.configuration.normalization === 'none'
  return normalize(scope, convolve(scope, input, name, channels, withBias), name)
}

/** Convolution, normalization, activation. */
export function layer(
  scope: Scope,
  input: Value,
  name: string,
  channels: number,
  convolve: typeof convolution = convolution
): Value {
  return activate(scope, linearLayer(scope, input, name, channels, convolve), name)
}
