import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import { relu } from '../../onnx/operators/activation.ts'
import { add, divide, multiply, scaled, subtract } from '../../onnx/operators/arithmetic.ts'
import { atLeast } from '../../onnx/operators/comparison.ts'
import { logarithm } from '../../onnx/operators/functions.ts'
import { absolute, power } from '../../onnx/operators/power.ts'
import { emphasis } from './emphasis.ts'
import { emphasizedMean, type HeatmapPair } from './landmark-mean.ts'

export const adaptiveWingConfiguration = z.strictObject({
  kind: z.literal('adaptive_wing'),
  alpha: z.number().gt(2).default(2.1).describe('exponent of a small error where the true heatmap is 0'),
  omega: z.number().positive().default(14).describe('scale of the whole'),
  epsilon: z.number().positive().default(1).describe('error at which the curved part has risen to ω log 2'),
  theta: z.number().positive().default(0.5).describe('error from which on the loss rises in a straight line'),
  emphasis
})

/**
 * Adaptive wing loss (Wang et al. 2019), averaged over the voxels and the landmarks in the mask. With e = |h − t|:
 * ω log(1 + (e/ε)^(α − t)) below θ and A e − C above, where A and C make value and slope continuous:
 * A = ω (α − t) (θ/ε)^(α − t − 1) / (ε (1 + (θ/ε)^(α − t))), C = θ A − ω log(1 + (θ/ε)^(α − t)). A voxel weighs 1 + a M,
 * where the mask M is 1 around a landmark (the paper's weighted loss map, whose W is a).
 */
export function adaptiveWing(
  graph: Graph,
  heatmaps: HeatmapPair,
  configuration: Omit<z.infer<typeof adaptiveWingConfiguration>, 'kind'>
): Value {
  const { alpha, omega, epsilon, theta, emphasis: emphasisAtPeak } = configuration
  const { predicted, truth } = heatmaps
  const one = graph.scalar(1)
  const error = absolute(graph, subtract(graph, predicted, truth))
  const exponent = subtract(graph, graph.scalar(alpha), truth)
  const curve = (value: Value): Value =>
    scaled(graph, logarithm(graph, add(graph, one, power(graph, value, exponent))), omega)

  const bend = graph.scalar(theta / epsilon)
  const rise = power(graph, bend, subtract(graph, exponent, one))
  const slope = scaled(
    graph,
    divide(graph, multiply(graph, exponent, rise), add(graph, one, scaled(graph, rise, theta / epsilon))),
    omega / epsilon
  )
  const beyond = relu(graph, subtract(graph, error, graph.scalar(theta)))
  const within = subtract(graph, error, beyond)
  const part = add(graph, curve(scaled(graph, within, 1 / epsilon)), multiply(graph, slope, beyond))
  const near = aroundLandmarks(graph, truth)
  return emphasizedMean(graph, part, { ...heatmaps, truth: near }, emphasisAtPeak)
}

/** The paper's mask: 1 where a true heatmap, dilated by one voxel to all sides, is at least 0.2. */
function aroundLandmarks(graph: Graph, truth: Value): Value {
  const attributes = { kernel_shape: [3, 3, 3], strides: [1, 1, 1], pads: [1, 1, 1, 1, 1, 1] }
  const dilated = graph.apply({ type: 'MaxPool', inputs: [truth], attributes, shape: truth.shape })
  return atLeast(graph, dilated, graph.scalar(0.2))
}
