import { UsageError } from '../core/errors.ts'
import type { Vector3 } from '../core/vector.ts'
import { imageName, networkParameters, requireFittingGrid, tensorShape } from '../network/build-network.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import type { Parameter } from '../network/parameters.ts'
import { applyNetwork } from '../network/unet.ts'
import { gradients } from '../onnx/gradients.ts'
import { Graph, type Value } from '../onnx/graph.ts'
import { add, multiply, scaled } from '../onnx/operators/arithmetic.ts'
import { concat } from '../onnx/operators/concat.ts'
import { reshape } from '../onnx/operators/reshape.ts'
import { slice } from '../onnx/operators/slice.ts'
import { elementCount } from '../onnx/shape.ts'
import { crossEntropy, diceLoss, heatmapLoss, type LossConfiguration } from './losses.ts'
import { adamW, clipped, euclideanNorm, type OptimizerConfiguration } from './optimizer.ts'

/** What a training step is made for. */
export interface TrainingStepOptions {
  readonly network: NetworkConfiguration
  /** Voxels of the grid along i, j, k. */
  readonly size: Vector3
  readonly loss: LossConfiguration
  readonly optimizer: OptimizerConfiguration
}

/**
 * One training step as an ONNX graph: forward pass, losses, gradients, AdamW.
 *
 * Inputs: `image` [1, channels, D, H, W]; `labels` (one-hot or soft) [1, classes, D, H, W] and the
 * scalar `label_mask`; `heatmaps` [1, landmarks, D, H, W] and `landmark_mask` [1, landmarks, 1, 1, 1]; the scalars `learning_rate`,
 * `bias_correction1` = 1 − β₁ᵗ and `bias_correction2` = 1 − β₂ᵗ; and the state `parameters`, `moment1`, `moment2`,
 * each all parameters in one row. A head that is left out takes its inputs with it.
 * Outputs: `loss`, `loss_labels`, `loss_landmarks` (scalars), `gradient_norm` [1], and the state after the step under
 * `next_parameters`, `next_moment1`, `next_moment2`.
 */
export interface TrainingStep {
  readonly graph: Graph
  /** The parameters in the order of the row. */
  readonly parameters: readonly Parameter[]
  /** Numbers in the row. */
  readonly count: number
}

const stateNames = ['parameters', 'moment1', 'moment2'] as const

/** @throws UsageError if the network has no head or the grid does not fit it. */
export function buildTrainingStep({ network, size, loss, optimizer }: TrainingStepOptions): TrainingStep {
  requireFittingGrid(network, size)
  const graph = new Graph()
  const parameters = networkParameters(network)
  const count = parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0)
  const row = (name: string): Value => graph.input(name, [count])
  const state = { parameters: row('parameters'), moment1: row('moment1'), moment2: row('moment2') }
  const scalars = {
    learningRate: graph.input('learning_rate', []),
    biasCorrection1: graph.input('bias_correction1', []),
    biasCorrection2: graph.input('bias_correction2', [])
  }

  const weights = takenApart(graph, state.parameters, parameters)
  const total = addLosses(graph, network, size, loss, weights)
  const gradient = gradients(graph, total, [...weights.values()]).map((value) =>
    reshape(graph, value, [elementCount(value.shape)])
  )
  const whole = concat(graph, gradient, 0)
  const norm = euclideanNorm(graph, whole)
  const decays = graph.initializer('decays', [count], decayMask(parameters, count))
  const next = adamW(graph, optimizer, state, clipped(graph, whole, norm, optimizer.clipNorm), decays, scalars)
  graph.output('gradient_norm', norm)
  for (const name of stateNames) graph.output(`next_${name}`, next[name])
  return { graph, parameters, count }
}

/** Each parameter cut from the row, by name. */
function takenApart(graph: Graph, row: Value, parameters: readonly Parameter[]): Map<string, Value> {
  let start = 0
  return new Map(
    parameters.map(({ name, shape }) => {
      const end = start + elementCount(shape)
      const value = reshape(graph, slice(graph, row, 0, start, end), shape)
      start = end
      return [name, value]
    })
  )
}

/** Adds the forward pass and the losses of the heads there are; returns the loss to minimize. */
function addLosses(
  graph: Graph,
  network: NetworkConfiguration,
  size: Vector3,
  loss: LossConfiguration,
  weights: ReadonlyMap<string, Value>
): Value {
  const image = graph.input(imageName, tensorShape(network.inputChannels, size))
  const outputs = applyNetwork(graph, network, image, (name) => weights.get(name) as Value)
  const parts: Value[] = []
  if (outputs.labels !== undefined) {
    const labels = graph.input('labels', outputs.labels.shape)
    const entropy = scaled(graph, crossEntropy(graph, outputs.labels, labels, loss.classWeights), loss.crossEntropy)
    const part = add(graph, entropy, scaled(graph, diceLoss(graph, outputs.labels, labels), loss.dice))
    const known = multiply(graph, part, graph.input('label_mask', []))
    graph.output('loss_labels', known)
    parts.push(known)
  }
  if (outputs.landmarks !== undefined) {
    const heatmaps = graph.input('heatmaps', outputs.landmarks.shape)
    const mask = graph.input('landmark_mask', [1, network.landmarks, 1, 1, 1])
    const error = heatmapLoss(graph, outputs.landmarks, heatmaps, mask, loss.heatmapEmphasis)
    const part = scaled(graph, error, loss.heatmap)
    graph.output('loss_landmarks', part)
    parts.push(part)
  }
  const [first, second] = parts
  if (first === undefined) throw new UsageError('a network without a label head and a landmark head cannot be trained')
  const total = add(graph, first, second ?? graph.scalar(0))
  graph.output('loss', total)
  return total
}

/** 1 for each number of a convolution weight, 0 for biases and scales, which do not decay. */
function decayMask(parameters: readonly Parameter[], count: number): Float32Array {
  const mask = new Float32Array(count)
  let start = 0
  for (const { shape, role } of parameters) {
    const end = start + elementCount(shape)
    if (role === 'weight' || role === 'head') mask.fill(1, start, end)
    start = end
  }
  return mask
}
