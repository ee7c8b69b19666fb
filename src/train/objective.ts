import { UsageError } from '../core/errors.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import type { TrainingOutputs } from '../network/unet.ts'
import type { Graph, Value } from '../onnx/graph.ts'
import { add, multiply } from '../onnx/operators/arithmetic.ts'
import { minimum } from '../onnx/operators/functions.ts'
import { total } from '../onnx/operators/reduce.ts'
import type { LossConfiguration } from './losses/configuration.ts'
import { coupled, type Task } from './losses/coupling.ts'
import { deeplySupervised } from './losses/deep-supervision.ts'
import { heatmapLoss } from './losses/heatmap-loss.ts'
import { labelLoss } from './losses/label-loss.ts'
import { labelLossInputs } from './losses/label-loss-inputs.ts'

/**
 * Adds the losses of the network's heads, with the truth as inputs and the losses as outputs (see buildTrainingStep). A head without
 * known truth does not contribute.
 * @param logVariance gives a task's learned log-variance, [1], where the coupling needs it
 * @returns the loss to minimize
 * @throws UsageError if the network has no head
 */
export function addObjective(
  graph: Graph,
  network: NetworkConfiguration,
  outputs: TrainingOutputs,
  loss: LossConfiguration,
  logVariance: (task: Task) => Value
): Value {
  const parts: Value[] = []
  if (outputs.labels !== undefined) {
    const labels = graph.input('labels', outputs.labels.shape)
    const error = deeplySupervised(graph, [outputs.labels, ...outputs.auxiliaryLabels], labels, (logits, truth) =>
      labelLoss(graph, labelLossInputs(graph, network.labelHead, logits, truth), loss.labels)
    )
    const part = coupled(graph, 'labels', error, loss.coupling, logVariance)
    const known = multiply(graph, part, graph.input('label_mask', []))
    graph.output('loss_labels', known)
    parts.push(known)
  }
  if (outputs.landmarks !== undefined) {
    const truth = graph.input('heatmaps', outputs.landmarks.shape)
    const mask = graph.input('landmark_mask', [1, network.landmarks, 1, 1, 1])
    const error = heatmapLoss(graph, { predicted: outputs.landmarks, truth, mask }, loss.heatmaps)
    const part = coupled(graph, 'landmarks', error, loss.coupling, logVariance)
    const known = multiply(graph, part, minimum(graph, total(graph, mask), graph.scalar(1)))
    graph.output('loss_landmarks', known)
    parts.push(known)
  }
  const [first, second] = parts
  if (first === undefined) throw new UsageError('a network without a label head and a landmark head cannot be trained')
  const whole = add(graph, first, second ?? graph.scalar(0))
  graph.output('loss', whole)
  return whole
}
