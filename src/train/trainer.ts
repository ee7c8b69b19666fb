import { OtomarkError } from '../core/errors.ts'
import { mean } from '../core/math/mean.ts'
import { createRandom, type Random } from '../core/math/random.ts'
import type { Vector3 } from '../core/math/vector.ts'
import { networkParameters } from '../network/build-network.ts'
import type { NetworkConfiguration } from '../network/configuration.ts'
import { encodeGraph } from '../onnx/encode.ts'
import { lower } from '../onnx/lowering/lower.ts'
import { elementCount, type Shape } from '../onnx/shape.ts'
import type { Runtime, Session, SessionOptions, Tensor } from '../runtime/session.ts'
import type { LossConfiguration } from './losses/configuration.ts'
import type { OptimizerConfiguration } from './optimizers/configuration.ts'
import { buildTrainingStep } from './step.ts'
import { joinState, parameterPrefix, splitState, startingRows, type TrainerState } from './trainer-state.ts'

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

/** The mean losses of a step's samples, weighted as configured: loss = lossLabels + lossLandmarks. */
interface Losses {
  readonly loss: number
  /** 0 without a label head. */
  readonly lossLabels: number
  /** 0 without a landmark head. */
  readonly lossLandmarks: number
}

/** What a step reports. */
export interface StepResult extends Losses {
  readonly step: number
  /** Euclidean norm of the gradient before it was limited. */
  readonly gradientNorm: number
}

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
  const model = encodeGraph(lower(plan.graph, await runtime.target()), { order: 'running' })
  const session = await runtime.open(model, {
    keepMemory: true,
    asWritten: true,
    ...(threads !== undefined && { threads })
  })
  const exported = networkParameters(network).map(({ name }) => name)
  let state = startingRows(plan, network, seed)
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
      const losses: Losses[] = []
      let results: Readonly<Record<string, Tensor>> = {}
      for (const [index, sample] of requireCount(samples, accumulation).entries()) {
        results = await run(sample, step, index, feeds)
        losses.push(lossesOf(results))
        for (const name of ['gradient_sum', 'statistics']) {
          const next = results[`next_${name}`]
          if (next !== undefined) feeds = { ...feeds, [name]: next }
        }
      }
      state = Object.fromEntries(Object.keys(state).map((name) => [name, numbers(results[`next_${name}`])]))
      stepCount = step
      return { step, ...meanOf(losses), gradientNorm: number(results.gradient_norm) }
    },
    weights() {
      const tensors = splitState(plan, state)
      return new Map(exported.map((name) => [name, tensors.get(`${parameterPrefix}${name}`) as Tensor]))
    },
    state: () => splitState(plan, state),
    restore(tensors, step) {
      state = joinState(plan, tensors)
      stepCount = step
    },
    release: () => session.release()
  }
}

function lossesOf({ loss, loss_labels, loss_landmarks }: Readonly<Record<string, Tensor>>): Losses {
  return {
    loss: number(loss),
    lossLabels: loss_labels === undefined ? 0 : number(loss_labels),
    lossLandmarks: loss_landmarks === undefined ? 0 : number(loss_landmarks)
  }
}

function meanOf(losses: readonly Losses[]): Losses {
  const of = (name: keyof Losses): number => mean(losses.map((one) => one[name]))
  return { loss: of('loss'), lossLabels: of('lossLabels'), lossLandmarks: of('lossLandmarks') }
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
  return { dims: shape, data: new Float32Array(elementCount(shape)).map(() => random.uniform()) }
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
