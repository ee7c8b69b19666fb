import type { Value } from '../../onnx/graph.ts'
import { pad } from '../../onnx/operators/pad.ts'
import { learnedConvolution } from './convolution.ts'
import type { Scope } from './scope.ts'

/** An output: one 1 × 1 × 1 convolution, `NAME.weight` and `NAME.bias`. */
export function head(scope: Scope, input: Value, name: string, outputs: number): Value {
  return learnedConvolution(scope, input, name, outputs, { edges: [1, 1, 1], withBias: true, role: 'head' })
}

/**
 * Logits of all classes. A sigmoid head has none for the background, whose logit is 0: a class is more probable than
 * not where its logit is above that, whichever head it comes from.
 */
export function labelHead(scope: Scope, input: Value, name: string): Value {
  const { classes, labelHead: kind } = scope.configuration
  if (kind === 'softmax') return head(scope, input, name, classes)
  return pad(scope.graph, head(scope, input, name, classes - 1), [0, 1, 0, 0, 0], [0, 0, 0, 0, 0])
}
