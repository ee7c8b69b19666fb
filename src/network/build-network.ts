import { UsageError } from '../core/errors.ts'
import type { Vector3 } from '../core/vector.ts'
import { Graph } from '../onnx/graph.ts'
import type { Shape } from '../onnx/shape.ts'
import type { Tensor } from '../runtime/session.ts'
import type { NetworkConfiguration } from './configuration.ts'
import type { Parameter } from './parameters.ts'
import { applyNetwork } from './unet.ts'

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
 * @throws UsageError if the grid cannot be halved as often as the network wants, or a weight is missing or misshapen.
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

/** The trainable tensors of a network, in the order it uses them. */
export function networkParameters(configuration: NetworkConfiguration): Parameter[] {
  const parameters: Parameter[] = []
  const graph = new Graph()
  const edge = gridMultiple(configuration)
  const image = graph.input(imageName, tensorShape(configuration.inputChannels, [edge, edge, edge]))
  applyNetwork(graph, configuration, image, (name, shape, role) => {
    parameters.push({ name, shape, role })
    return graph.input(name, shape)
  })
  return parameters
}

/** What the sizes of a network's grid must be multiples of, to be halved between all levels. */
export function gridMultiple({ levels }: NetworkConfiguration): number {
  return 2 ** (levels - 1)
}

/** @throws UsageError if a grid of `size` cannot be halved between all levels. */
export function requireFittingGrid(configuration: NetworkConfiguration, size: Vector3): void {
  const multiple = gridMultiple(configuration)
  if (size.some((n) => n % multiple !== 0)) {
    throw new UsageError(
      `a network of ${configuration.levels} levels needs a grid whose sizes are multiples of ${multiple}, not ${size.join(' × ')}`
    )
  }
}
