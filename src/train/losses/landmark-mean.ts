import type { Graph, Value } from '../../onnx/graph.ts'
import { add, divide, multiply, scaled } from '../../onnx/operators/arithmetic.ts'
import { maximum } from '../../onnx/operators/functions.ts'
import { reduceMean, total } from '../../onnx/operators/reduce.ts'

/** Predicted heatmaps and the true ones, both [1, L, D, H, W]. */
export interface HeatmapPair {
  readonly predicted: Value
  readonly truth: Value
  /** [1, L, 1, 1, 1]: 0 for a landmark that is not to be learned from this sample. */
  readonly mask: Value
}

/** The mean over the landmarks in the mask of one number for each, [1, L, 1, 1, 1]; 0 for an empty mask. */
export function landmarkMean(graph: Graph, perLandmark: Value, mask: Value): Value {
  const errors = total(graph, multiply(graph, perLandmark, mask))
  return divide(graph, errors, maximum(graph, total(graph, mask), graph.scalar(1)))
}

/** The mean over the landmarks in the mask of the mean over voxels of (1 + a t) e, for an error e in each voxel. */
export function emphasizedMean(graph: Graph, error: Value, { truth, mask }: HeatmapPair, emphasis: number): Value {
  const weighted = emphasis === 0 ? error : multiply(graph, importance(graph, truth, emphasis), error)
  return landmarkMean(graph, reduceMean(graph, weighted, [2, 3, 4]), mask)
}

/** 1 + a t: how much an error in a voxel weighs where the true heatmap is t. */
export function importance(graph: Graph, truth: Value, emphasis: number): Value {
  return add(graph, scaled(graph, truth, emphasis), graph.scalar(1))
}
