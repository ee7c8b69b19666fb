import { join } from 'node:path'
import { OtomarkError, UsageError } from '../core/errors.ts'
import { softwareVersion } from '../core/version.ts'
import { makeFolder, writeFileAtomically } from '../io/node/write-file.ts'
import type { Runtime } from '../runtime/session.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { configurationHash, type TrainingConfiguration } from './configuration.ts'
import { type LogRecord, openLog, readRecords } from './log.ts'
import { encodeTrainedModel } from './model.ts'
import { copyTensors, createMovingAverage } from './moving-average.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './samples/stream.ts'
import { learningRateAt } from './schedule.ts'
import { createTrainer } from './trainer.ts'
import { validate } from './validation.ts'

export interface TrainingRun {
  readonly configuration: TrainingConfiguration
  readonly samples: SampleStream
  /** What the samples are taken from, for the log and the model file. */
  readonly cases: string
  readonly runtime: Runtime
  /** Gets configuration.json, log.jsonl, checkpoint.safetensors and model.onnx. */
  readonly folder: string
  /** Go on from the folder's checkpoint, if it has one. */
  readonly resume: boolean
  /** Stops the run after the step under way, with a checkpoint. */
  readonly signal?: AbortSignal
  onRecord?(record: LogRecord): void
}

export interface TrainingOutcome {
  /** Steps done in all. */
  readonly steps: number
  readonly finished: boolean
}

/**
 * Trains a network. Every step's sample and learning rate follow from the configuration and the step's number, so a
 * run that was stopped and resumed gives the same bits as one that was not.
 * @throws UsageError if the folder holds another run, or the loss is no longer a number
 */
export async function train(run: TrainingRun): Promise<TrainingOutcome> {
  const { configuration, samples, runtime, folder, signal } = run
  const files = {
    configuration: join(folder, 'configuration.json'),
    log: join(folder, 'log.jsonl'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    model: join(folder, 'model.onnx')
  }
  const hash = configurationHash(configuration)
  await makeFolder(folder)
  const checkpoint = await readCheckpoint(files.checkpoint, hash)
  if (checkpoint !== undefined && !run.resume) {
    throw new UsageError(`${folder}: holds a run at step ${checkpoint.step}; add --resume or choose another folder`)
  }
  await writeFileAtomically(files.configuration, `${JSON.stringify(configuration, null, 2)}\n`)

  const trainer = await createTrainer(configuration, runtime)
  let step = checkpoint?.step ?? 0
  if (checkpoint !== undefined) trainer.restore(checkpoint.state, step)
  const average = createMovingAverage(configuration.averaging, copyTensors(checkpoint?.average ?? trainer.weights()))
  const log = await openLog(files.log, step)
  let metrics = (await readRecords(files.log)).findLast((entry) => entry.kind === 'validation')?.metrics
  let saved = -1

  async function record(entry: LogRecord): Promise<void> {
    await log.write(entry)
    run.onRecord?.(entry)
  }

  function model(): Uint8Array {
    return encodeTrainedModel(configuration, average.weights(), { steps: step, cases: run.cases, metrics })
  }

  async function save(): Promise<void> {
    if (saved === step) return
    saved = step
    await writeCheckpoint(files.checkpoint, { step, state: trainer.state(), average: average.weights() }, hash)
    await writeFileAtomically(files.model, model())
  }

  let held: ValidationSample[] | undefined
  async function look(): Promise<void> {
    held ??= await validationSamples(samples, configuration.validation.cases)
    if (held.length === 0) return
    const session = await runtime.open(model())
    metrics = await validate(session, held, configuration.sigma).finally(() => session.release())
    await record({ kind: 'validation', step, metrics })
  }

  try {
    await record({ kind: 'start', step, configuration: hash, software: softwareVersion, cases: run.cases })
    while (step < configuration.steps && !signal?.aborted) {
      const from = performance.now()
      const prepared = await samples.training(step)
      const ready = performance.now()
      const learningRate = learningRateAt(configuration, step)
      const result = await trainer.step(prepared.sample, learningRate).catch((error: unknown) => {
        throw withSample(error, configuration, prepared)
      })
      step = result.step
      average.add(trainer.weights(), step)
      const spent = (performance.now() - from) / 1000
      const idle = (ready - from) / 1000 / spent
      await record({ kind: 'step', ...result, learningRate, seconds: spent, idle, case: prepared.case })
      const last = step === configuration.steps
      if (last || step % configuration.validation.every === 0) await look()
      if (last || step % configuration.checkpointEvery === 0) await save()
    }
    await save()
  } finally {
    await log.close()
    await trainer.release()
  }
  return { steps: step, finished: step === configuration.steps }
}

async function validationSamples(samples: SampleStream, count: number): Promise<ValidationSample[]> {
  const result: ValidationSample[] = []
  for (let index = 0; index < count; index++) result.push(await samples.validation(index))
  return result
}

/** Adds to what the trainer says of a step which sample it was. */
function withSample(error: unknown, { name, seed }: TrainingConfiguration, prepared: PreparedSample): unknown {
  if (!(error instanceof OtomarkError)) return error
  return new UsageError(`training ${name} (seed ${seed}, case ${prepared.case}): ${error.message}`, { cause: error })
}
