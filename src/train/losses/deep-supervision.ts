import type { Graph, Value } from '../../onnx/graph.ts'
import { add, scaled } from '../../onnx/operators/arithmetic.ts'
import { averagePool } from '../../onnx/operators/average-pool.ts'

/**
 * The weighted mean of a loss on the finest grid and on ever coarser ones (Lee et al. 2015), with the weights 1, ½, ¼ …
 * over their sum, as in nnU-Net (Isensee et al. 2021). The labels of a coarser grid are the means of the finer ones.
 * @param outputs logits, finest first; labels on the finest grid
 */
export function deeplySupervised(
  graph: Graph,
  outputs: readonly Value[],
  labels: Value,
  loss: (logits: Value, labels: Value) => Value
): Value {
  const sum = 2 - 0.5 ** (outputs.length - 1)
  return outputs
    .map((logits, at) => scaled(graph, loss(logits, pooled(graph, labels, logits)), 0.5 ** at / sum))
    .reduce((whole, part) => add(graph, whole, part))
}

function pooled(graph: Graph, labels: Value, { shape }: Value): Value {
  const times = (axis: number): number => (labels.shape[axis] as number) / (shape[axis] as number)
  const edges = [times(2), times(3), times(4)] as const
  return edges.every((edge) => edge === 1) ? labels : averagePool(graph, labels, edges)
}
