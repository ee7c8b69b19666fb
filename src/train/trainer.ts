import { OtomarkError } from '../core/errors.ts'
import type { Vector3 } from '../core/vector.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import { initialValues } from '../network/parameters.ts'
import { encodeGraph } from '../onnx/encode.ts'
import { lower } from '../onnx/lowering/lower.ts'
import { elementCount } from '../onnx/shape.ts'
import type { Runtime, Session, SessionOptions, Tensor } from '../runtime/session.ts'
import type { LossConfiguration } from './losses.ts'
import type { OptimizerConfiguration } from './optimizer.ts'
import { buildTrainingStep, type TrainingStep } from './step.ts'

/** The parts of a training configuration that decide a step. */
export interface TrainerOptions extends SessionOptions {
  readonly network: NetworkConfiguration
  /** Voxels of the grid along i, j, k. */
  readonly grid: { readonly size: Vector3 }
  readonly loss: LossConfiguration
  readonly optimizer: OptimizerConfiguration
  /** Fixes the starting weights. */
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

/** All tensors a run carries from step to step: `parameter.NAME`, `moment1.NAME`, `moment2.NAME`. */
export type TrainerState = ReadonlyMap<string, Tensor>

/** Trains a network step by step. The same state and samples give the same bits. */
export interface Trainer {
  /** Steps done. */
  readonly stepCount: number
  /** @throws OtomarkError if the loss is not a finite number; the state is then that of the step before. */
  step(sample: TrainingSample, learningRate: number): Promise<StepResult>
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

const rows = [
  { prefix: 'parameter', input: 'parameters' },
  { prefix: 'moment1', input: 'moment1' },
  { prefix: 'moment2', input: 'moment2' }
] as const
type RowName = (typeof rows)[number]['input']

/** Builds the training step, opens it in the runtime and starts from freshly drawn weights. */
export async function createTrainer(options: TrainerOptions, runtime: Runtime): Promise<Trainer> {
  const { network, grid, loss, optimizer, seed, threads } = options
  const plan = buildTrainingStep({ network, size: grid.size, loss, optimizer })
  const model = encodeGraph(lower(plan.graph, runtime.target))
  const session = await runtime.open(model, { keepMemory: true, ...(threads !== undefined && { threads }) })
  const initial = initialValues(plan.parameters, seed)
  let state: Record<RowName, Float32Array> = {
    parameters: joined(plan, (name) => initial.get(name)),
    moment1: new Float32Array(plan.count),
    moment2: new Float32Array(plan.count)
  }
  let stepCount = 0

  return {
    get stepCount() {
      return stepCount
    },
    async step(sample, learningRate) {
      const step = stepCount + 1
      const results = await session.run({
        ...sampleFeeds(session, sample),
        learning_rate: scalar(learningRate),
        bias_correction1: scalar(1 - optimizer.beta1 ** step),
        bias_correction2: scalar(1 - optimizer.beta2 ** step),
        parameters: row(state.parameters),
        moment1: row(state.moment1),
        moment2: row(state.moment2)
      })
      const whole = number(results.loss)
      const gradientNorm = number(results.gradient_norm)
      if (!Number.isFinite(whole) || !Number.isFinite(gradientNorm)) {
        throw new OtomarkError(`training step ${step}: the loss is not a finite number; lower the learning rate`)
      }
      state = {
        parameters: numbers(results.next_parameters),
        moment1: numbers(results.next_moment1),
        moment2: numbers(results.next_moment2)
      }
      stepCount = step
      return {
        step,
        loss: whole,
        lossLabels: network.classes > 0 ? number(results.loss_labels) : 0,
        lossLandmarks: network.landmarks > 0 ? number(results.loss_landmarks) : 0,
        gradientNorm
      }
    },
    weights: () => apart(plan, state.parameters, ''),
    state: () => new Map(rows.flatMap(({ prefix, input }) => [...apart(plan, state[input], `${prefix}.`)])),
    restore(tensors, step) {
      const [parameters, moment1, moment2] = rows.map(({ prefix }) =>
        joined(plan, (name) => tensors.get(`${prefix}.${name}`))
      ) as [Float32Array, Float32Array, Float32Array]
      state = { parameters, moment1, moment2 }
      stepCount = step
    },
    release: () => session.release()
  }
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

/** Parameter tensors laid one after the other. */
function joined(plan: TrainingStep, find: (name: string) => Tensor | undefined): Float32Array {
  const whole = new Float32Array(plan.count)
  let start = 0
  for (const { name, shape } of plan.parameters) {
    const tensor = find(name)
    if (tensor === undefined || tensor.dims.join() !== shape.join()) {
      throw new OtomarkError(`the parameter ${name} is missing or has another shape than this network's`)
    }
    whole.set(tensor.data, start)
    start += elementCount(shape)
  }
  return whole
}

function apart(plan: TrainingStep, whole: Float32Array, prefix: string): Map<string, Tensor> {
  let start = 0
  return new Map(
    plan.parameters.map(({ name, shape }) => {
      const data = whole.slice(start, start + elementCount(shape))
      start += data.length
      return [prefix + name, { dims: shape, data }]
    })
  )
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
