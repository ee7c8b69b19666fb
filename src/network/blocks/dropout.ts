import type { Value } from '../../onnx/graph.ts'
import { multiply, scaled } from '../../onnx/operators/arithmetic.ts'
import { atLeast } from '../../onnx/operators/comparison.ts'
import type { Scope } from './scope.ts'

/**
 * Spatial dropout (Tompson et al. 2015): in training, whole channels are set to zero with the configured probability p,
 * the others multiplied by 1 / (1 − p). Single voxels are not dropped, because their neighbours
 * hold nearly the same information. Draws `NAME.dropout` [N, C, 1, 1, 1]; the same numbers drop the same channels.
 */
export function dropout({ graph, configuration, training }: Scope, value: Value, name: string): Value {
  const probability = configuration.dropout
  if (training === undefined || probability === 0) return value
  const [items, channels] = value.shape as [number, number]
  const noise = training.noise(`${name}.dropout`, [items, channels, 1, 1, 1])
  const kept = atLeast(graph, noise, graph.scalar(probability))
  return multiply(graph, value, scaled(graph, kept, 1 / (1 - probability)))
}
