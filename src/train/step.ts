import type { Vector3 } from '../core/math/vector.ts'
import { imageName, requireFittingGrid, tensorShape, trainingParameters } from '../network/build-network.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import { isTrained, type Parameter } from '../network/parameters.ts'
import { applyNetworkInTraining } from '../network/unet.ts'
import { gradients } from '../onnx/gradients.ts'
import { Graph, type Value } from '../onnx/graph.ts'
import { add, scaled } from '../onnx/operators/arithmetic.ts'
import { concat } from '../onnx/operators/concat.ts'
import { reshape } from '../onnx/operators/reshape.ts'
import { elementCount, type Shape } from '../onnx/shape.ts'
import type { LossConfiguration } from './losses/configuration.ts'
import { addObjective } from './objective.ts'
import { clipped, euclideanNorm } from './optimizers/clip.ts'
import { createOptimizer, type OptimizerConfiguration } from './optimizers/configuration.ts'
import type { Optimizer } from './optimizers/optimizer.ts'
import { cutRow, decayMask, rowLength } from './parameter-row.ts'

/** What a training step is made for. */
export interface TrainingStepOptions {
  readonly network: NetworkConfiguration
  /** Voxels of the grid along i, j, k. */
  readonly size: Vector3
  readonly loss: LossConfiguration
  readonly optimizer: OptimizerConfiguration
  /** Samples whose mean loss a step makes smaller, one run of the graph for each; 1 when left out. */
  readonly accumulation?: number
}

/**
 * One training step as an ONNX graph: forward pass, losses, gradients, optimizer.
 *
 * Inputs: `image` [1, channels, D, H, W]; `labels` (one-hot or soft) [1, classes, D, H, W] and the scalar `label_mask`;
 * `heatmaps` [1, landmarks, D, H, W] and `landmark_mask` [1, landmarks, 1, 1, 1]; the scalars `learning_rate` and those
 * of the optimizer; dropout's noise; and the state: `parameters` and the optimizer's rows, each all trained parameters
 * in one row, and `statistics`, all running statistics in one row. A head that is left out takes its inputs with it.
 * Where gradients accumulate, `gradient_sum` is that of the samples before.
 * Outputs: `loss`, `loss_labels`, `loss_landmarks` (scalars), `gradient_norm` [1], and the state after the step under
 * `next_NAME`. Where gradients accumulate, only the state after the last sample is that of the step, but for
 * `next_statistics` and `next_gradient_sum`, which go on to the next sample.
 */
export interface TrainingStep {
  readonly graph: Graph
  /** The trained parameters in the order of the row. */
  readonly parameters: readonly Parameter[]
  /** The running statistics in the order of the row. */
  readonly statistics: readonly Parameter[]
  /** Inputs of numbers uniform in [0, 1) that are drawn anew for every sample. */
  readonly noise: readonly { readonly name: string; readonly shape: Shape }[]
  readonly optimizer: Optimizer
  /** Numbers in the row of trained parameters. */
  readonly count: number
}

/** @throws UsageError if the network has no head or the grid does not fit it. */
export function buildTrainingStep(options: TrainingStepOptions): TrainingStep {
  const { network, size, loss, accumulation = 1 } = options
  requireFittingGrid(network, size)
  const all = trainingParameters(network)
  const uncertainties = loss.coupling.kind === 'uncertainty' ? logVariances(network) : []
  const parameters = [...all.filter(isTrained), ...uncertainties]
  const statistics = all.filter((parameter) => !isTrained(parameter))
  const count = rowLength(parameters)
  const noise: { name: string; shape: Shape }[] = []

  const graph = new Graph()
  const row = graph.input('parameters', [count])
  const values = cutRow(graph, row, parameters)
  if (statistics.length > 0) {
    const running = graph.input('statistics', [rowLength(statistics)])
    for (const [name, value] of cutRow(graph, running, statistics)) values.set(name, value)
  }
  const given = (name: string): Value => values.get(name) as Value
  const image = graph.input(imageName, tensorShape(network.inputChannels, size))
  const outputs = applyNetworkInTraining(graph, network, image, given, (name, shape) => {
    noise.push({ name, shape })
    return graph.input(name, shape)
  })
  const total = addObjective(graph, network, outputs, loss, (task) => given(logVarianceName(task)))
  const trained = parameters.map(({ name }) => given(name))
  const whole = joinedRow(graph, gradients(graph, total, trained))
  const gradient = accumulation === 1 ? whole : accumulated(graph, whole, accumulation)
  const optimizer = addUpdate(graph, options.optimizer, row, gradient, decayMask(parameters))
  if (statistics.length > 0) {
    const next = statistics.map(({ name }) => outputs.statistics.get(name) as Value)
    graph.output('next_statistics', joinedRow(graph, next))
  }
  return { graph, parameters, statistics, noise, optimizer, count }
}

function logVarianceName(task: 'labels' | 'landmarks'): string {
  return `coupling.${task}.log_variance`
}

/** What a coupling by uncertainty learns beside the network. */
function logVariances({ classes, landmarks }: NetworkConfiguration): Parameter[] {
  const tasks = [...(classes > 0 ? ['labels' as const] : []), ...(landmarks > 0 ? ['landmarks' as const] : [])]
  return tasks.map((task) => ({ name: logVarianceName(task), shape: [1], role: 'bias' }))
}

function joinedRow(graph: Graph, values: readonly Value[]): Value {
  const rows = values.map((value) => reshape(graph, value, [elementCount(value.shape)]))
  return concat(graph, rows, 0)
}

/** The mean gradient of the samples of a step, once the last of them is in. */
function accumulated(graph: Graph, gradient: Value, samples: number): Value {
  const sum = add(graph, graph.input('gradient_sum', gradient.shape), gradient)
  graph.output('next_gradient_sum', sum)
  return scaled(graph, sum, 1 / samples)
}

function addUpdate(
  graph: Graph,
  configuration: OptimizerConfiguration,
  parameters: Value,
  gradient: Value,
  decaying: Float32Array
): Optimizer {
  const optimizer = createOptimizer(configuration)
  const inputs = (names: readonly string[], shape: Shape): Record<string, Value> =>
    Object.fromEntries(names.map((name) => [name, graph.input(name, shape)]))
  const norm = euclideanNorm(graph, gradient)
  const next = optimizer.update(graph, {
    parameters,
    gradient: clipped(graph, gradient, norm, configuration.clipNorm),
    decays: graph.initializer('decays', parameters.shape, decaying),
    learningRate: graph.input('learning_rate', []),
    rows: inputs(optimizer.rows, parameters.shape),
    scalars: inputs(Object.keys(optimizer.scalars(1)), [])
  })
  graph.output('gradient_norm', norm)
  graph.output('next_parameters', next.parameters)
  for (const [name, row] of Object.entries(next.rows)) graph.output(`next_${name}`, row)
  return optimizer
}
