import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { add, multiply, negate, scaled } from '../../onnx/operators/arithmetic.ts'
import { exponential } from '../../onnx/operators/functions.ts'

/** How the losses of the two heads become one. */
export const couplingConfiguration = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fixed').optional().default('fixed'),
    landmarks: z.number().min(0).default(4).describe("weight of the landmark head's loss beside the label head's")
  }),
  z.strictObject({ kind: z.literal('uncertainty') })
])

export type CouplingConfiguration = z.infer<typeof couplingConfiguration>

/** The heads' tasks: labels are classified, heatmaps regressed. */
export type Task = 'labels' | 'landmarks'

/**
 * A head's share in the loss that is minimized: fixed, or weighted by how uncertain its task is (Kendall et al. 2018):
 * e^(−s) L + s/2 for a classification and e^(−s) L / 2 + s/2 for a regression, with the learned log-variance s = log σ².
 * @param logVariance gives the task's s, [1], where it is learned
 */
export function coupled(
  graph: Graph,
  task: Task,
  loss: Value,
  configuration: CouplingConfiguration,
  logVariance: (task: Task) => Value
): Value {
  if (configuration.kind === 'fixed') return task === 'labels' ? loss : scaled(graph, loss, configuration.landmarks)
  const uncertainty = logVariance(task)
  const weighted = multiply(graph, loss, exponential(graph, negate(graph, uncertainty)))
  return add(graph, scaled(graph, weighted, task === 'labels' ? 1 : 0.5), scaled(graph, uncertainty, 0.5))
}
