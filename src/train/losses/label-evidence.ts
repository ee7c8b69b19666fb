import type { NetworkConfiguration } from '../../network/configuration.ts'
import type { Graph, Value } from '../../onnx/graph.ts'
import { negate, subtract } from '../../onnx/operators/arithmetic.ts'
import { concat } from '../../onnx/operators/concat.ts'
import { exponential, sigmoid, softplus } from '../../onnx/operators/functions.ts'
import { slice } from '../../onnx/operators/slice.ts'
import { logSoftmax } from '../../onnx/operators/softmax.ts'

/** A label head's answers beside the true ones. */
export interface Answers {
  /** log p of each answer, [1, answers, D, H, W]. */
  readonly logProbability: Value
  /** Share of the voxel for which the answer is true, [1, answers, D, H, W]. */
  readonly truth: Value
  /** The class each answer takes its weight from. */
  readonly classes: readonly number[]
}

/** What a label head says and what is true, in the forms that losses compare. */
export interface LabelEvidence {
  /**
   * Every answer there is. A softmax head has one for each class. A sigmoid head has a yes for each class but the
   * background, then a no for each; a no weighs as much as the background.
   */
  readonly answers: Answers
  /** Probability and truth of the classes but the background, [1, classes − 1, D, H, W]. */
  readonly foreground: { readonly probability: Value; readonly truth: Value }
}

/** @param logits and (soft) labels, [1, classes, D, H, W]; a sigmoid head's logits of the background are not looked at */
export function labelEvidence(
  graph: Graph,
  head: NetworkConfiguration['labelHead'],
  logits: Value,
  labels: Value
): LabelEvidence {
  const classes = logits.shape[1] as number
  const withoutBackground = (value: Value): Value => slice(graph, value, 1, 1, classes)
  const truth = withoutBackground(labels)
  if (head === 'softmax') {
    const logProbability = logSoftmax(graph, logits, 1)
    return {
      answers: { logProbability, truth: labels, classes: Array.from({ length: classes }, (_, at) => at) },
      foreground: { probability: withoutBackground(exponential(graph, logProbability)), truth }
    }
  }
  const evidence = withoutBackground(logits)
  const yes = negate(graph, softplus(graph, negate(graph, evidence)))
  const no = negate(graph, softplus(graph, evidence))
  const foregroundClasses = Array.from({ length: classes - 1 }, (_, at) => at + 1)
  return {
    answers: {
      logProbability: concat(graph, [yes, no], 1),
      truth: concat(graph, [truth, subtract(graph, graph.scalar(1), truth)], 1),
      classes: [...foregroundClasses, ...foregroundClasses.map(() => 0)]
    },
    foreground: { probability: sigmoid(graph, evidence), truth }
  }
}
