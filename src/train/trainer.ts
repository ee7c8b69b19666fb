import { OtomarkError } from '../core/errors.ts'
import { createRandom, type Random } from '../core/random.ts'
import type { Vector3 } from '../core/vector.ts'
import { networkParameters, trainingParameters } from '../network/build-network.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import { initialValues, type Parameter } from '../network/parameters.ts'
import { encodeGraph } from '../onnx/encode.ts'
import { lower } from '../onnx/lowering/lower.ts'
import { elementCount, type Shape } from '../onnx/shape.ts'
import type { Runtime, Session, SessionOptions, Tensor } from '../runtime/session.ts'
import type { LossConfiguration } from './losses/configuration.ts'
import type { OptimizerConfiguration } from './optimizers/configuration.ts'
import { joinTensors, splitRow } from './parameter-row.ts'
import { buildTrainingStep, type TrainingStep } from './step.ts'

/** The parts of a training configuration that decide a step. */
export interface TrainerOptions extends SessionOptions {
  readonly network: NetworkConfiguration
  /** Voxels of the grid along i, j, k. */
  readonly grid: { readonly size: Vector3 }
  readonly loss: LossConfiguration
  readonly optimizer: OptimizerConfiguration
  /** Samples of one step; 1 when left out. */
  readonly accumulation?: number
  /** Fixes the starting weights and what dropout drops. */
  readonly seed: number
}

/** What one step learns from; the tensors of a head that is left out may be left out. */
export interface TrainingSample {
  /** [1, channels, D, H, W], intensities in [−1, 1]. */
  readonly image: Tensor
  /** [1, classes, D, H, W], one-hot or soft. */
  readonly labels?: Tensor
  /** A scalar: 0 where the labels are not known and nothing is to be learned from them; 1 when left out. */
  readonly labelMask?: Tensor
  /** [1, landmarks, D, H, W], unit peak; all zero for a landmark that is not in the grid. */
  readonly heatmaps?: Tensor
  /** [1, landmarks, 1, 1, 1]; 0 for a landmark that is not to be learned from this sample. */
  readonly landmarkMask?: Tensor
  /** What the sample was made from, for messages. */
  readonly origin?: string
}

/** What a step reports. The losses are weighted as configured: loss = lossLabels + lossLandmarks. */
export interface StepResult {
  readonly step: number
  readonly loss: number
  /** 0 without a label head. */
  readonly lossLabels: number
  /** 0 without a landmark head. */
  readonly lossLandmarks: number
  /** Euclidean norm of the gradient before it was limited. */
  readonly gradientNorm: number
}

/** All tensors a run carries from step to step: `parameter.NAME`, and `ROW.NAME` for each row of the optimizer. */
export type TrainerState = ReadonlyMap<string, Tensor>

/** Trains a network step by step. The same state and samples give the same bits. */
export interface Trainer {
  /** Steps done. */
  readonly stepCount: number
  /**
   * @param samples one, or as many as gradients accumulate over
   * @throws OtomarkError naming step and sample if a loss or gradient is not finite; the state is then that of before
   */
  step(samples: TrainingSample | readonly TrainingSample[], learningRate: number): Promise<StepResult>
  /** The network's weights by name, as encodeModel takes them. Copies. */
  weights(): Map<string, Tensor>
  /** Copies. */
  state(): TrainerState
  /**
   * Goes on from a state after `step` steps.
   * @throws OtomarkError if the state is of another network.
   */
  restore(state: TrainerState, step: number): void
  release(): Promise<void>
}

/** Selects the stream of a seed that dropout's noise is drawn from; the weights have those of fewer numbers. */
const noiseStream = 1

/** Builds the training step, opens it in the runtime and starts from freshly drawn weights. */
export async function createTrainer(options: TrainerOptions, runtime: Runtime): Promise<Trainer> {
  const { network, grid, loss, optimizer, seed, threads, accumulation = 1 } = options
  const plan = buildTrainingStep({ network, size: grid.size, loss, optimizer, accumulation })
  const model = encodeGraph(lower(plan.graph, runtime.target))
  const session = await runtime.open(model, { keepMemory: true, ...(threads !== undefined && { threads }) })
  const exported = networkParameters(network).map(({ name }) => name)
  let state = startingState(plan, network, seed)
  let stepCount = 0

  /** Runs the graph for one of a step's samples. */
  async function run(
    sample: TrainingSample,
    step: number,
    index: number,
    feeds: Readonly<Record<string, Tensor>>
  ): Promise<Record<string, Tensor>> {
    const random = createRandom(seed, noiseStream, step, index)
    const noise = plan.noise.map(({ name, shape }) => [name, drawn(shape, random)])
    const results = await session.run({ ...sampleFeeds(session, sample), ...feeds, ...Object.fromEntries(noise) })
    const wrong = ['loss', 'gradient_norm'].find((name) => !Number.isFinite(number(results[name])))
    if (wrong === undefined) return results
    const what = `the ${wrong === 'loss' ? 'loss' : 'gradient'} is not a finite number`
    const which = sample.origin === undefined ? '' : ` (${sample.origin})`
    throw new OtomarkError(`training step ${step}${which}: ${what}; lower the learning rate`)
  }

  return {
    get stepCount() {
      return stepCount
    },
    async step(samples, learningRate) {
      const step = stepCount + 1
      const scalars = Object.entries({ learning_rate: learningRate, ...plan.optimizer.scalars(step) })
      let feeds = {
        ...Object.fromEntries(Object.entries(state).map(([name, data]) => [name, row(data)])),
        ...Object.fromEntries(scalars.map(([name, value]) => [name, scalar(value)])),
        ...(accumulation > 1 && { gradient_sum: row(new Float32Array(plan.count)) })
      }
      const all: Record<string, Tensor>[] = []
      for (const [index, sample] of requireCount(samples, accumulation).entries()) {
        const results = await run(sample, step, index, feeds)
        all.push(results)
        for (const name of ['gradient_sum', 'statistics']) {
          const next = results[`next_${name}`]
          if (next !== undefined) feeds = { ...feeds, [name]: next }
        }
      }
      const last = all.at(-1) ?? {}
      state = Object.fromEntries(Object.keys(state).map((name) => [name, numbers(last[`next_${name}`])]))
      stepCount = step
      const mean = (name: string): number => all.reduce((sum, results) => sum + number(results[name]), 0) / all.length
      return {
        step,
        loss: mean('loss'),
        lossLabels: network.classes > 0 ? mean('loss_labels') : 0,
        lossLandmarks: network.landmarks > 0 ? mean('loss_landmarks') : 0,
        gradientNorm: number(last.gradient_norm)
      }
    },
    weights() {
      const tensors = splitState(plan, state)
      return new Map(exported.map((name) => [name, tensors.get(`${parameterPrefix}${name}`) as Tensor]))
    },
    state: () => splitState(plan, state),
    restore(tensors, step) {
      state = Object.fromEntries(
        stateRows(plan).map(({ name, prefix, parameters }) => [
          name,
          joinTensors(parameters, (parameter) => tensors.get(prefix + parameter))
        ])
      )
      stepCount = step
    },
    release: () => session.release()
  }
}

const parameterPrefix = 'parameter.'

/** The rows a run carries from step to step, and how their tensors are called in its state. */
function stateRows(
  plan: TrainingStep
): { readonly name: string; readonly prefix: string; readonly parameters: readonly Parameter[] }[] {
  const { parameters, statistics, optimizer } = plan
  return [
    { name: 'parameters', prefix: parameterPrefix, parameters },
    ...optimizer.rows.map((name) => ({ name, prefix: `${name}.`, parameters })),
    ...(statistics.length > 0 ? [{ name: 'statistics', prefix: parameterPrefix, parameters: statistics }] : [])
  ]
}

function startingState(plan: TrainingStep, network: NetworkConfiguration, seed: number): Record<string, Float32Array> {
  const stored = trainingParameters(network)
  const beside = plan.parameters.filter(({ name }) => stored.every((parameter) => parameter.name !== name))
  const initial = initialValues([...stored, ...beside], seed)
  return Object.fromEntries(
    stateRows(plan).map(({ name, prefix, parameters }) => [
      name,
      prefix === parameterPrefix
        ? joinTensors(parameters, (parameter) => initial.get(parameter))
        : new Float32Array(plan.count)
    ])
  )
}

function splitState(plan: TrainingStep, state: Readonly<Record<string, Float32Array>>): Map<string, Tensor> {
  return new Map(
    stateRows(plan).flatMap(({ name, prefix, parameters }) => [
      ...splitRow(parameters, state[name] as Float32Array, prefix)
    ])
  )
}

function requireCount(
  samples: TrainingSample | readonly TrainingSample[],
  accumulation: number
): readonly TrainingSample[] {
  const list = 'image' in samples ? [samples] : samples
  if (list.length !== accumulation) {
    throw new RangeError(`a step of ${accumulation} samples was given ${list.length}`)
  }
  return list
}

function sampleFeeds(session: Session, sample: TrainingSample): Record<string, Tensor> {
  const given = {
    image: sample.image,
    labels: sample.labels,
    label_mask: sample.labelMask ?? scalar(1),
    heatmaps: sample.heatmaps,
    landmark_mask: sample.landmarkMask
  }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, tensor]) => {
      if (!session.inputNames.includes(name)) return []
      if (tensor === undefined)
        throw new OtomarkError(`a training sample lacks ${name}, which this network learns from`)
      return [[name, tensor]]
    })
  )
}

function drawn(shape: Shape, random: Random): Tensor {
  return { dims: shape, data: Float32Array.from({ length: elementCount(shape) }, () => random.uniform()) }
}

function scalar(value: number): Tensor {
  return { dims: [], data: Float32Array.of(value) }
}

function row(data: Float32Array): Tensor {
  return { dims: [data.length], data }
}

function numbers(tensor: Tensor | undefined): Float32Array {
  if (tensor === undefined) throw new Error('the training step did not give an output it declares')
  return tensor.data
}

function number(tensor: Tensor | undefined): number {
  return numbers(tensor)[0] ?? Number.NaN
}
