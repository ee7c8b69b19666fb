import { readFile } from 'node:fs/promises'
import { createRandom } from '../src/core/math/random.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import {
  buildNetwork,
  imageName,
  labelsName,
  landmarksName,
  networkParameters,
  tensorShape
} from '../src/network/build-network.ts'
import { type NetworkConfiguration, networkConfiguration } from '../src/network/configuration.ts'
import { initialValues } from '../src/network/parameters.ts'
import { countOperations } from '../src/onnx/count-operations.ts'
import { encodeGraph } from '../src/onnx/encode.ts'
import { lower } from '../src/onnx/lowering/lower.ts'
import { total } from '../src/onnx/operators/reduce.ts'
import { elementCount, type Shape } from '../src/onnx/shape.ts'
import { nodeRuntime } from '../src/runtime/node.ts'
import type { Runtime, Tensor } from '../src/runtime/session.ts'
import { parseTrainingConfiguration } from '../src/train/configuration.ts'
import { lossConfiguration } from '../src/train/losses/configuration.ts'
import { optimizerConfiguration } from '../src/train/optimizers/configuration.ts'
import { createTrainer } from '../src/train/trainer.ts'
import { type Clock, secondsBy } from './clock.ts'
import { inHalfPrecision } from './half-graph.ts'

/** A network on a grid, which both sides compute. */
export interface Subject {
  /** Grid and network, such as `96-f16`. */
  readonly name: string
  readonly network: NetworkConfiguration
  /** Voxels along i, j, k. */
  readonly size: Vector3
  /** What is timed of it. */
  readonly works: readonly Work[]
}

export type Work = 'forward' | 'step'

/** What both sides are told. */
export const settings = {
  loss: lossConfiguration.parse({}),
  optimizer: optimizerConfiguration.parse({}),
  learningRate: 1e-3
}

const seed = 1

/** The networks that are timed: a common one, and the one the default segmenter is trained with. */
export async function subjects(): Promise<Subject[]> {
  const path = new URL('../models/recipes/segmenter.json', import.meta.url)
  const segmenter = parseTrainingConfiguration(JSON.parse(await readFile(path, 'utf8')), path.pathname)
  return [
    commonSubject(64, 16, ['forward', 'step']),
    commonSubject(96, 16, ['forward', 'step']),
    commonSubject(128, 16, ['forward']),
    { name: 'segmenter', network: segmenter.network, size: segmenter.grid.size, works: ['forward', 'step'] }
  ]
}

/** A network of 4 levels on a cube. */
export function commonSubject(edge: number, features: number, works: readonly Work[]): Subject {
  const network = networkConfiguration.parse({ features })
  return { name: `${edge}-f${features}`, network, size: [edge, edge, edge], works }
}

/** Our side of a subject, ready to run. */
export interface Ours {
  /** All the peer needs to compute the same: image, truth, weights and our outputs. */
  readonly tensors: ReadonlyMap<string, Tensor>
  /** Seconds of a forward pass. */
  forward(): Promise<number>
  /** Seconds of a forward pass of the graph as it stands in a model file, not lowered. */
  plainForward(): Promise<number>
  /** Seconds of a training step, and the loss before it. */
  step(): Promise<{ seconds: number; loss: number }>
  close(): Promise<void>
}

export async function openOurs(
  subject: Subject,
  threads: number,
  { runtime = nodeRuntime, clock = 'wall' }: { runtime?: Runtime; clock?: Clock } = {}
): Promise<Ours> {
  const lowered = await openForward(subject, threads, { runtime })
  const plain = await openForward(subject, threads, { runtime, lowered: false })
  const training = subject.works.includes('step') ? await openStep(subject, threads, runtime) : undefined
  const outputs = await lowered.run()
  return {
    tensors: new Map([
      ...inputsOf(subject, 'step'),
      ['output.labels', outputs[labelsName] as Tensor],
      ['output.landmarks', outputs[landmarksName] as Tensor]
    ]),
    forward: () => timed(lowered.run, clock).then(({ seconds }) => seconds),
    plainForward: () => timed(plain.run, clock).then(({ seconds }) => seconds),
    async step() {
      if (training === undefined) throw new Error('a training step of this subject is not timed')
      const { seconds, result } = await timed(training.run, clock)
      return { seconds, loss: result.loss }
    },
    async close() {
      await Promise.all([lowered.release(), plain.release(), training?.release()])
    }
  }
}

/** One work of ours, ready to run again and again. */
export interface Side<Result> {
  run(): Promise<Result>
  release(): Promise<void>
}

export interface ForwardOptions {
  readonly runtime?: Runtime
  /** As it is lowered for the runtime; else as a model file holds it. */
  readonly lowered?: boolean
  /** Only the sum of each output is given: no volume is moved out of a graphics card. */
  readonly summed?: boolean
  /** Computes in half precision. */
  readonly half?: boolean
}

export async function openForward(
  { network, size }: Subject,
  threads: number,
  { runtime = nodeRuntime, lowered = true, summed = false, half = false }: ForwardOptions = {}
): Promise<Side<Record<string, Tensor>>> {
  const graph = buildNetwork(network, size, weightsOf(network))
  if (summed) for (const [name, value] of [...graph.outputs]) graph.output(name, total(graph, value))
  const model = encodeGraph(lowered ? lower(graph, await runtime.target()) : graph)
  const session = await runtime.open(half ? inHalfPrecision(model) : model, { threads })
  const image = imageOf(network, size)
  return { run: () => session.run({ [imageName]: image }), release: () => session.release() }
}

/** Floating-point operations of a forward pass. */
export function operationsOf({ network, size }: Subject): number {
  return countOperations(buildNetwork(network, size, weightsOf(network)))
}

export async function openStep(
  { network, size }: Subject,
  threads: number,
  runtime: Runtime = nodeRuntime
): Promise<Side<{ readonly loss: number }>> {
  const trainer = await createTrainer({ network, grid: { size }, ...settings, seed, threads }, runtime)
  const landmarkMask = { dims: [1, network.landmarks, 1, 1, 1], data: new Float32Array(network.landmarks).fill(1) }
  const sample = { image: imageOf(network, size), ...truthOf(network, size), landmarkMask }
  return { run: () => trainer.step(sample, settings.learningRate), release: () => trainer.release() }
}

/** What a peer needs for a work: `image`, each `weight.NAME` and, for a training step, `labels` and `heatmaps`. */
export function inputsOf({ network, size }: Subject, work: Work): Map<string, Tensor> {
  return new Map([
    ['image', imageOf(network, size)],
    ...Object.entries(work === 'step' ? truthOf(network, size) : {}),
    ...[...weightsOf(network)].map(([name, tensor]): [string, Tensor] => [`weight.${name}`, tensor])
  ])
}

function weightsOf(network: NetworkConfiguration): ReturnType<typeof initialValues> {
  return initialValues(networkParameters(network), seed)
}

function imageOf(network: NetworkConfiguration, size: Vector3): Tensor {
  return noise(tensorShape(network.inputChannels, size))
}

function truthOf(network: NetworkConfiguration, size: Vector3): { labels: Tensor; heatmaps: Tensor } {
  return { labels: oneHot(tensorShape(network.classes, size)), heatmaps: noise(tensorShape(network.landmarks, size)) }
}

export async function timed<T>(work: () => Promise<T>, clock: Clock = 'wall'): Promise<{ seconds: number; result: T }> {
  const start = secondsBy(clock)
  const result = await work()
  return { seconds: secondsBy(clock) - start, result }
}

function noise(dims: Shape): Tensor {
  const random = createRandom(seed, elementCount(dims))
  return { dims, data: Float32Array.from({ length: elementCount(dims) }, () => random.uniform()) }
}

/** One class at each voxel. */
function oneHot(dims: Shape): Tensor {
  const random = createRandom(seed, 0)
  const classes = dims[1] as number
  const voxels = elementCount(dims) / classes
  const data = new Float32Array(elementCount(dims))
  for (let at = 0; at < voxels; at++) data[at + voxels * random.integer(0, classes - 1)] = 1
  return { dims, data }
}
