import type { NetworkConfiguration } from '../../network/configuration.ts'
import type { Graph, Value } from '../../onnx/graph.ts'
import { negate, subtract } from '../../onnx/operators/arithmetic.ts'
import { concat } from '../../onnx/operators/concat.ts'
import { exponential, sigmoid, softplus } from '../../onnx/operators/functions.ts'
import { slice } from '../../onnx/operators/slice.ts'
import { logSoftmax } from '../../onnx/operators/softmax.ts'

/** The outcomes for which a label head gives probabilities, and their truth. */
export interface Outcomes {
  /** log p of each outcome, [1, outcomes, D, H, W]. */
  readonly logProbability: Value
  /** Share of the voxel for which the outcome is true, [1, outcomes, D, H, W]. */
  readonly truth: Value
  /** The class each outcome takes its weight from. */
  readonly classes: readonly number[]
}

/** Prediction of a label head and its truth, in the forms that losses compare. */
export interface LabelLossInputs {
  /**
   * All outcomes. A softmax head has one for each class. A sigmoid head has `present` for each class but the
   * background, then `absent` for each; `absent` weighs as much as the background.
   */
  readonly outcomes: Outcomes
  /** Probability and truth of the classes but the background, [1, classes − 1, D, H, W]. */
  readonly foreground: { readonly probability: Value; readonly truth: Value }
}

/** @param logits and (soft) labels, [1, classes, D, H, W]; a sigmoid head's logits of the background are not used */
export function labelLossInputs(
  graph: Graph,
  head: NetworkConfiguration['labelHead'],
  logits: Value,
  labels: Value
): LabelLossInputs {
  const classes = logits.shape[1] as number
  const withoutBackground = (value: Value): Value => slice(graph, value, 1, 1, classes)
  const truth = withoutBackground(labels)
  if (head === 'softmax') {
    const logProbability = logSoftmax(graph, logits, 1)
    return {
      outcomes: { logProbability, truth: labels, classes: Array.from({ length: classes }, (_, at) => at) },
      foreground: { probability: withoutBackground(exponential(graph, logProbability)), truth }
    }
  }
  const foregroundLogits = withoutBackground(logits)
  const present = negate(graph, softplus(graph, negate(graph, foregroundLogits)))
  const absent = negate(graph, softplus(graph, foregroundLogits))
  const foregroundClasses = Array.from({ length: classes - 1 }, (_, at) => at + 1)
  return {
    outcomes: {
      logProbability: concat(graph, [present, absent], 1),
      truth: concat(graph, [truth, subtract(graph, graph.scalar(1), truth)], 1),
      classes: [...foregroundClasses, ...foregroundClasses.map(() => 0)]
    },
    foreground: { probability: sigmoid(graph, foregroundLogits), truth }
  }
}
