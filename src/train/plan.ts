import { countOperations } from '../onnx/count-operations.ts'
import { elementCount } from '../onnx/shape.ts'
import type { Runtime } from '../runtime/session.ts'
import type { TrainingConfiguration } from './configuration.ts'
import { type SampleStream, samplesOfStep } from './samples/stream.ts'
import { learningRateAt } from './schedule.ts'
import { buildTrainingStep } from './step.ts'
import { createTrainer } from './trainer.ts'

/** What a run will take. */
export interface TrainingPlan {
  /** Trainable numbers. */
  readonly parameters: number
  /** Floating-point operations of a step, in units of 10⁹. */
  readonly gigaOperations: number
  readonly steps: number
  /** Seconds of one step and share of them spent waiting for the sample, from a short trial. */
  readonly secondsPerStep: number
  readonly idle: number
  /** Seconds of the whole run, validation included. */
  readonly seconds: number
  /** Most memory the process had in the trial, bytes. */
  readonly memory: number
  readonly validationCases: number
  readonly checkpoints: number
}

/** The first steps warm up: memory is allocated, the pool of cases fills. */
const warmUpSteps = 2
const timedSteps = 6

/**
 * Tries the first steps of a run, without writing anything, and counts the rest from them. A validation case is taken to
 * last a third of a step: a forward pass, where a step is that and about twice as much for the gradients.
 */
export async function planTraining(
  configuration: TrainingConfiguration,
  samples: SampleStream,
  runtime: Runtime
): Promise<TrainingPlan> {
  const { network, grid, loss, optimizer, steps, validation, checkpointEvery } = configuration
  const { graph, parameters } = buildTrainingStep({ network, size: grid.size, loss, optimizer })
  const trainer = await createTrainer(configuration, runtime)
  const times: { spent: number; waited: number }[] = []
  try {
    for (let step = 0; step < Math.min(steps, warmUpSteps + timedSteps); step++) {
      const from = performance.now()
      const prepared = await samplesOfStep(samples, step, configuration.accumulation)
      const ready = performance.now()
      await trainer.step(
        prepared.map(({ sample }) => sample),
        learningRateAt(configuration, step)
      )
      times.push({ spent: (performance.now() - from) / 1000, waited: (ready - from) / 1000 })
    }
  } finally {
    await trainer.release()
  }
  const counted = times.length > warmUpSteps ? times.slice(warmUpSteps) : times
  const sum = (read: (time: (typeof times)[number]) => number): number =>
    counted.reduce((total, time) => total + read(time), 0)
  const secondsPerStep = sum(({ spent }) => spent) / counted.length
  const validations = Math.ceil(steps / validation.every)
  return {
    parameters: parameters.reduce((total, { shape }) => total + elementCount(shape), 0),
    gigaOperations: (configuration.accumulation * countOperations(graph)) / 1e9,
    steps,
    secondsPerStep,
    idle: sum(({ waited }) => waited) / sum(({ spent }) => spent),
    seconds: secondsPerStep * (steps + (validations * samples.validationCount) / 3),
    memory: 1024 * process.resourceUsage().maxRSS,
    validationCases: samples.validationCount,
    checkpoints: Math.ceil(steps / checkpointEvery)
  }
}
