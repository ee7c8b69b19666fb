import { UsageError } from '../core/errors.ts'
import type { Vector3 } from '../core/math/vector.ts'
import { Graph, type Value } from '../onnx/graph.ts'
import type { Shape } from '../onnx/shape.ts'
import type { Tensor } from '../runtime/session.ts'
import { type NetworkConfiguration, strideAt } from './configuration.ts'
import type { Parameter } from './parameters.ts'
import type { ParameterSource } from './sources.ts'
import { applyNetwork, applyNetworkInTraining } from './unet.ts'

/** The names of the network's input and outputs in every graph. */
export const imageName = 'image'
export const labelsName = 'labels'
export const landmarksName = 'landmarks'

/** Shape [items, channels, D, H, W] of a tensor on a grid of `size` [i, j, k]. */
export function tensorShape(channels: number, [i, j, k]: Vector3, items = 1): Shape {
  return [items, channels, k, j, i]
}

/**
 * The network's forward pass on a grid of `size` [i, j, k] as an ONNX graph: input `image`, outputs `labels` (logits)
 * and `landmarks` (heatmaps), weights stored.
 * @throws UsageError if the grid cannot be divided by all strides, or a weight is missing or misshapen.
 */
export function buildNetwork(
  configuration: NetworkConfiguration,
  size: Vector3,
  weights: ReadonlyMap<string, Tensor>
): Graph {
  requireFittingGrid(configuration, size)
  const graph = new Graph()
  const image = graph.input(imageName, tensorShape(configuration.inputChannels, size))
  const { labels, landmarks } = applyNetwork(graph, configuration, image, (name, shape) => {
    const weight = weights.get(name)
    if (weight === undefined) throw new UsageError(`the weight ${name} is missing`)
    if (weight.dims.join() !== shape.join()) {
      throw new UsageError(`the weight ${name} has the shape [${weight.dims.join(', ')}], not [${shape.join(', ')}]`)
    }
    return graph.initializer(name, shape, weight.data)
  })
  if (labels !== undefined) graph.output(labelsName, labels)
  if (landmarks !== undefined) graph.output(landmarksName, landmarks)
  return graph
}

/** The stored tensors of a network in inference, in the order it uses them. */
export function networkParameters(configuration: NetworkConfiguration): Parameter[] {
  return listParameters(configuration, (graph, image, parameter) => {
    applyNetwork(graph, configuration, image, parameter)
  })
}

/** The stored tensors of a network in training: those of inference and, after them, those of auxiliary heads. */
export function trainingParameters(configuration: NetworkConfiguration): Parameter[] {
  return listParameters(configuration, (graph, image, parameter) => {
    applyNetworkInTraining(graph, configuration, image, parameter, (name, shape) => graph.input(name, shape))
  })
}

function listParameters(
  configuration: NetworkConfiguration,
  apply: (graph: Graph, image: Value, parameter: ParameterSource) => void
): Parameter[] {
  const parameters: Parameter[] = []
  const graph = new Graph()
  const image = graph.input(imageName, tensorShape(configuration.inputChannels, gridMultiples(configuration)))
  apply(graph, image, (name, shape, role) => {
    parameters.push({ name, shape, role })
    return graph.input(name, shape)
  })
  return parameters
}

/** What the sizes of a network's grid along i, j, k must be multiples of, to be divided by all strides. */
export function gridMultiples(configuration: NetworkConfiguration): Vector3 {
  let multiples: Vector3 = [1, 1, 1]
  for (let level = 1; level < configuration.levels; level++) {
    const stride = strideAt(configuration, level)
    multiples = [multiples[0] * stride[0], multiples[1] * stride[1], multiples[2] * stride[2]]
  }
  return multiples
}

/** Whether a grid of `size` [i, j, k] can be divided by all strides. */
export function fitsGrid(configuration: NetworkConfiguration, size: Vector3): boolean {
  const multiples = gridMultiples(configuration)
  return size.every((n, axis) => n % (multiples[axis] as number) === 0)
}

/** @throws UsageError if a grid of `size` cannot be divided by all strides. */
export function requireFittingGrid(configuration: NetworkConfiguration, size: Vector3): void {
  if (fitsGrid(configuration, size)) return
  const multiples = gridMultiples(configuration).join(' × ')
  throw new UsageError(
    `a network of ${configuration.levels} levels needs a grid whose sizes are multiples of ${multiples}, not ${size.join(' × ')}`
  )
}
