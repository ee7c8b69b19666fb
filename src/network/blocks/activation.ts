import type { Value } from '../../onnx/graph.ts'
import { elu, gelu, leakyRelu, mish, parametricRelu, relu, silu } from '../../onnx/operators/activation.ts'
import type { Scope } from './scope.ts'

/** Slope of the leaky rectifier for negative numbers, as in nnU-Net (Isensee et al. 2021). */
const leakySlope = 0.01

/** The configured activation; PReLU learns `NAME.slope` for each channel. */
export function activate({ graph, configuration, parameter }: Scope, value: Value, name: string): Value {
  switch (configuration.activation) {
    case 'relu':
      return relu(graph, value)
    case 'leaky_relu':
      return leakyRelu(graph, value, leakySlope)
    case 'prelu':
      return parametricRelu(graph, value, parameter(`${name}.slope`, [value.shape[1] as number], 'slope'))
    case 'elu':
      return elu(graph, value)
    case 'gelu':
      return gelu(graph, value)
    case 'silu':
      return silu(graph, value)
    case 'mish':
      return mish(graph, value)
  }
}
