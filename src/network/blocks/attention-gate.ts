import type { Value } from '../../onnx/graph.ts'
import { relu } from '../../onnx/operators/activation.ts'
import { add, multiply } from '../../onnx/operators/arithmetic.ts'
import { sigmoid } from '../../onnx/operators/functions.ts'
import { pointwise } from './convolution.ts'
import type { Scope } from './scope.ts'

/**
 * Additive attention gate (Oktay et al. 2018, equations 1 and 2): x · σ(ψ relu(W_x x + W_g g + b_g) + b_ψ), one weight for
 * each voxel, with half of x's channels in between. The gating signal g has already been brought to x's grid, where
 * the paper works on g's.
 * @param skip x [N, C, D, H, W], the features of the way down
 * @param gating g [N, G, D, H, W], those of the way up
 */
export function attentionGate(scope: Scope, skip: Value, gating: Value, name: string): Value {
  const { graph } = scope
  const between = Math.max(1, Math.floor((skip.shape[1] as number) / 2))
  const seen = pointwise(scope, skip, `${name}.skip`, between, false)
  const asked = pointwise(scope, gating, `${name}.gating`, between, true)
  const score = pointwise(scope, relu(graph, add(graph, seen, asked)), `${name}.score`, 1, true)
  return multiply(graph, skip, sigmoid(graph, score))
}
