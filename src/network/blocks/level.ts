import type { Value } from '../../onnx/graph.ts'
import { add } from '../../onnx/operators/arithmetic.ts'
import { concat } from '../../onnx/operators/concat.ts'
import { activate } from './activation.ts'
import { pointwise } from './convolution.ts'
import { dropout } from './dropout.ts'
import { layer, linearLayer } from './layer.ts'
import type { Scope } from './scope.ts'
import { squeezeExcitation } from './squeeze-excitation.ts'

/** All that happens at one resolution, on the way down or up: the configured block, then dropout. */
export function level(scope: Scope, input: Value, name: string, channels: number): Value {
  return dropout(scope, blocks[scope.configuration.block](scope, input, name, channels), name)
}

const blocks = { plain, residual, dense }

/** Layers one after the other: `NAME.0`, `NAME.1`, … */
function plain(scope: Scope, input: Value, name: string, channels: number): Value {
  let result = input
  for (let n = 0; n < scope.configuration.convolutionsPerLevel; n++) {
    result = layer(scope, result, `${name}.${n}`, channels)
  }
  return squeezeExcitation(scope, result, name)
}

/**
 * A residual block (He et al. 2016). The input passes through the convolution `NAME.shortcut` where the number of channels
 * changes; the last layer is activated after the sum.
 */
function residual(scope: Scope, input: Value, name: string, channels: number): Value {
  const last = scope.configuration.convolutionsPerLevel - 1
  let result = input
  for (let n = 0; n < last; n++) result = layer(scope, result, `${name}.${n}`, channels)
  result = squeezeExcitation(scope, linearLayer(scope, result, `${name}.${last}`, channels), name)
  const kept = input.shape[1] === channels
  const shortcut = kept ? input : linearLayer(scope, input, `${name}.shortcut`, channels, pointwise)
  return activate(scope, add(scope.graph, result, shortcut), name)
}

/** Layers that see the input and the results of all before them (Huang et al. 2017), and `NAME.fusion` of them all. */
function dense(scope: Scope, input: Value, name: string, channels: number): Value {
  let seen = input
  for (let n = 0; n < scope.configuration.convolutionsPerLevel; n++) {
    seen = concat(scope.graph, [seen, layer(scope, seen, `${name}.${n}`, channels)], 1)
  }
  return squeezeExcitation(scope, layer(scope, seen, `${name}.fusion`, channels, pointwise), name)
}
