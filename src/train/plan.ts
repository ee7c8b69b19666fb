import { countOperations } from '../onnx/count-operations.ts'
import { elementCount } from '../onnx/shape.ts'
import type { TrainingConfiguration } from './configuration.ts'
import { caseOfStep } from './samples/pool.ts'
import { buildTrainingStep } from './step.ts'
import type { Trial } from './trial.ts'

/** The work of a run, as its configuration says. */
export interface TrainingWork {
  /** Trainable numbers. */
  readonly parameters: number
  /** Floating-point operations of a step, all samples it accumulates over included; in units of 10⁹. */
  readonly gigaOperations: number
  /** Samples in all. */
  readonly samples: number
  /** Cases drawn or read for them; one that is drawn again counts again. */
  readonly cases: number
  readonly validations: number
  readonly checkpoints: number
}

/** What a run is likely to take. */
export interface Estimate {
  /** Of the whole run, validation included. */
  readonly seconds: number
  /** Of one step, its share of the preparation of samples included. */
  readonly secondsPerStep: number
  /** Most memory of the process, bytes. */
  readonly memory: number
}

export function workOf(configuration: TrainingConfiguration): TrainingWork {
  const { network, grid, loss, optimizer, accumulation, steps, pool, validation, checkpointEvery } = configuration
  const { graph, parameters } = buildTrainingStep({ network, size: grid.size, loss, optimizer, accumulation })
  const samples = steps * accumulation
  return {
    parameters: parameters.reduce((total, { shape }) => total + elementCount(shape), 0),
    gigaOperations: (accumulation * countOperations(graph)) / 1e9,
    samples,
    cases: new Set(Array.from({ length: samples }, (_, index) => caseOfStep(pool, index))).size,
    validations: Math.ceil(steps / validation.every),
    checkpoints: Math.ceil(steps / checkpointEvery)
  }
}

/** Bytes of code and heap of a thread that prepares samples, without its cases: 110 to 140 MiB were measured. */
const memoryPerThread = 128 * 2 ** 20

/**
 * Extrapolates from the timed parts to the whole run. The engine's threads use all cores, so each other thread slows the engine by
 * one core's share; and a step takes at least as long as its samples.
 * @param heldOut cases of a validation
 * @param cores threads the machine runs at the same time
 */
export function estimate(
  { steps, workers, pool }: TrainingConfiguration,
  work: TrainingWork,
  trial: Trial,
  heldOut: number,
  cores: number
): Estimate {
  const { secondsPerStep, secondsPerValidation, secondsPerCase, secondsPerSample, bytesPerCase, memory } = trial
  const engine = steps * secondsPerStep
  const preparation = work.cases * secondsPerCase + work.samples * secondsPerSample
  const threads = Math.min(workers, pool.size)
  const training =
    threads === 0 ? engine + preparation : Math.max(preparation / threads, engine + preparation / Math.max(cores, 1))
  const validating = work.validations * heldOut * secondsPerValidation
  const holding = heldOut * (secondsPerCase + secondsPerSample)
  return {
    seconds: training + validating + holding / Math.max(1, threads),
    secondsPerStep: training / steps,
    memory: memory + pool.size * bytesPerCase + threads * memoryPerThread
  }
}
