import { createRandom } from '../../src/core/math/random.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { tensorShape, trainingParameters } from '../../src/network/build-network.ts'
import type { NetworkConfiguration } from '../../src/network/configuration.ts'
import { initialValues, isTrained } from '../../src/network/parameters.ts'
import { applyNetworkInTraining } from '../../src/network/unet.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { gradients } from '../../src/onnx/gradients.ts'
import { Graph, type Value } from '../../src/onnx/graph.ts'
import { add, multiply } from '../../src/onnx/operators/arithmetic.ts'
import { total } from '../../src/onnx/operators/reduce.ts'
import { elementCount, type Shape } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Session, Tensor } from '../../src/runtime/session.ts'

/** A network in training, with a loss that every output has a part in. */
export interface TrainingGraph {
  readonly session: Session
  /** The image, the noise, and the parameters' starting values. */
  readonly feeds: Readonly<Record<string, Tensor>>
  /** Names of the trained parameters; the graph's output `gradient.NAME` is the loss's gradient by each. */
  readonly trained: readonly string[]
}

/** Opens the graph of a network and its derivative; outputs `loss`, `gradient.NAME`, `next.NAME` of statistics. */
export async function openTrainingGraph(configuration: NetworkConfiguration, size: Vector3): Promise<TrainingGraph> {
  const graph = new Graph()
  const random = createRandom(3)
  const drawn: Record<string, Tensor> = {}
  const source = (name: string, shape: Shape): Value => {
    drawn[name] = { dims: shape, data: Float32Array.from({ length: elementCount(shape) }, () => random.uniform()) }
    return graph.input(name, shape)
  }
  const parameters = trainingParameters(configuration)
  const values = new Map<string, Value>()
  const image = source('image', tensorShape(configuration.inputChannels, size, 2))
  const { labels, landmarks, auxiliaryLabels, statistics } = applyNetworkInTraining(
    graph,
    configuration,
    image,
    (name, shape) => {
      const value = graph.input(name, shape)
      values.set(name, value)
      return value
    },
    source
  )
  const outputs = [labels, landmarks, ...auxiliaryLabels].filter((value) => value !== undefined)
  const loss = outputs
    .map((output) => projected(graph, output, random.uniform))
    .reduce((sum, part) => add(graph, sum, part))
  const trained = parameters.filter(isTrained).map(({ name }) => name)
  const wrt = trained.map((name) => values.get(name) as Value)
  gradients(graph, loss, wrt).forEach((gradient, n) => {
    graph.output(`gradient.${trained[n]}`, gradient)
  })
  graph.output('loss', loss)
  for (const [name, value] of statistics) graph.output(`next.${name}`, value)
  const session = await nodeRuntime.open(encodeGraph(graph), { threads: 1 })
  return { session, feeds: { ...drawn, ...Object.fromEntries(initialValues(parameters, 1)) }, trained }
}

/** A random weighting of all numbers of a tensor. */
function projected(graph: Graph, value: Value, uniform: (low: number, high: number) => number): Value {
  const weights = Array.from({ length: elementCount(value.shape) }, () => uniform(-1, 1))
  return total(graph, multiply(graph, value, graph.constant(value.shape, weights)))
}
