import { z } from 'zod'
import type { Graph, Value } from '../onnx/graph.ts'
import { add, divide, multiply, scaled, subtract } from '../onnx/operators/arithmetic.ts'
import { maximum } from '../onnx/operators/functions.ts'
import { reduceSum, total } from '../onnx/operators/reduce.ts'
import { slice } from '../onnx/operators/slice.ts'
import { logSoftmax, softmax } from '../onnx/operators/softmax.ts'
import { elementCount } from '../onnx/shape.ts'

/** What training minimizes: crossEntropy · CE + dice · (1 − Dice) + heatmap · E, with these weights. */
export const lossConfiguration = z.strictObject({
  crossEntropy: z.number().min(0).default(1).describe('weight of the class-weighted cross-entropy'),
  classWeights: z
    .array(z.number().positive())
    .default([1, 8, 8, 8])
    .describe('weight of each class in the cross-entropy, background first'),
  dice: z.number().min(0).default(1).describe('weight of the soft Dice loss over the classes but the background'),
  heatmap: z.number().min(0).default(4).describe('weight of the heatmap loss'),
  heatmapEmphasis: z
    .number()
    .min(0)
    .default(10)
    .describe('how much more an error at a landmark weighs than one far from it')
})

export type LossConfiguration = z.infer<typeof lossConfiguration>

/** Added to both sides of the Dice fraction, in voxels, so that an absent class has a defined score. */
const diceSmoothing = 1

/** Least mass a heatmap's error is divided by, as a share of the grid: what a false peak costs where nothing is. */
const heatmapFloor = 1e-3

/** −Σ w_c t_c log p_c / Σ w_c t_c over voxels and classes. Logits and (soft) labels are [1, C, D, H, W]. */
export function crossEntropy(graph: Graph, logits: Value, labels: Value, classWeights: readonly number[]): Value {
  const classes = logits.shape[1] as number
  if (classWeights.length !== classes) {
    throw new RangeError(`${classWeights.length} class weights were given for ${classes} classes`)
  }
  const weighted = multiply(graph, labels, graph.constant([1, classes, 1, 1, 1], classWeights))
  const likelihood = total(graph, multiply(graph, weighted, logSoftmax(graph, logits, 1)))
  return scaled(graph, divide(graph, likelihood, total(graph, weighted)), -1)
}

/**
 * 1 − mean over the classes but the background of (2 Σ p t + 1) / (Σ p + Σ t + 1). Milletari et al. 2016, with the
 * plain sums of Drozdzal et al. 2016.
 */
export function diceLoss(graph: Graph, logits: Value, labels: Value): Value {
  const classes = logits.shape[1] as number
  const foreground = (value: Value): Value => slice(graph, value, 1, 1, classes)
  const probability = foreground(softmax(graph, logits, 1))
  const truth = foreground(labels)
  const perClass = (value: Value): Value => reduceSum(graph, value, [0, 2, 3, 4])
  const smoothing = graph.scalar(diceSmoothing)
  const overlap = add(graph, scaled(graph, perClass(multiply(graph, probability, truth)), 2), smoothing)
  const extent = add(graph, add(graph, perClass(probability), perClass(truth)), smoothing)
  const mean = scaled(graph, total(graph, divide(graph, overlap, extent)), 1 / (classes - 1))
  return subtract(graph, graph.scalar(1), mean)
}

/**
 * Mean over the landmarks in the mask of Σ (1 + a t)(h − t)² / max(Σ (1 + a t) t², 10⁻³ · voxels), so that an empty
 * prediction costs 1 wherever the landmark is in the grid, and a false peak costs mildly where it is not.
 * @param heatmaps h and t are [1, L, D, H, W]
 * @param mask [1, L, 1, 1, 1]: 0 for a landmark that is not to be learned from this sample
 */
export function heatmapLoss(graph: Graph, predicted: Value, heatmaps: Value, mask: Value, emphasis: number): Value {
  const importance = add(graph, scaled(graph, heatmaps, emphasis), graph.scalar(1))
  const error = subtract(graph, predicted, heatmaps)
  const perLandmark = (value: Value): Value => reduceSum(graph, value, [2, 3, 4])
  const weightedSquare = (value: Value): Value => multiply(graph, multiply(graph, importance, value), value)
  const floor = graph.scalar(heatmapFloor * elementCount(predicted.shape.slice(2)))
  const mass = maximum(graph, perLandmark(weightedSquare(heatmaps)), floor)
  const errors = multiply(graph, divide(graph, perLandmark(weightedSquare(error)), mass), mask)
  return divide(graph, total(graph, errors), maximum(graph, total(graph, mask), graph.scalar(1)))
}
