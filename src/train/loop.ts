import { OtomarkError, UsageError } from '../core/errors.ts'
import { softwareVersion } from '../core/version.ts'
import { writeFileAtomically } from '../node/write-file.ts'
import type { Runtime } from '../runtime/session.ts'
import { assertFits, writeCheckpoint } from './checkpoint.ts'
import { configurationHash, type TrainingConfiguration } from './configuration.ts'
import { type LogRecord, openLog, type TrainingLog } from './log.ts'
import { encodeTrainedModel } from './model.ts'
import { copyTensors, createMovingAverage } from './moving-average.ts'
import { observe, plateauStart } from './plateau.ts'
import { openRunFolder, type RunFolder } from './run-folder.ts'
import { type PreparedSample, type SampleStream, samplesOfStep, type ValidationSample } from './samples/stream.ts'
import { learningRateAt } from './schedule.ts'
import { type Start, startedFrom } from './start.ts'
import { openEventFile } from './tensorboard.ts'
import { createTrainer, type Trainer, type TrainingSample } from './trainer.ts'
import { validate } from './validation.ts'

export interface TrainingRun {
  readonly configuration: TrainingConfiguration
  readonly samples: SampleStream
  /** What the samples are taken from. */
  readonly cases: {
    /** In words, for the log and the model file. */
    readonly name: string
    /** Changes when the cases do; empty where the configuration says all of them. */
    readonly fingerprint: string
    /** What to know of how they were read, for the log; none when left out. */
    readonly notes?: readonly string[]
  }
  /** The weights to begin with; freshly drawn ones when left out. */
  readonly start?: Start
  readonly runtime: Runtime
  /** Gets configuration.json, log.jsonl, TensorBoard's events, checkpoint.safetensors, model.onnx and best.onnx. */
  readonly folder: string
  /** Go on from the folder's checkpoint, if it has one. */
  readonly resume: boolean
  /** Go on also from a checkpoint that another version of otomark wrote. */
  readonly anyVersion?: boolean
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
 * run that was stopped or killed and resumed gives the same bits as one that was not.
 * @throws UsageError if the folder holds another run, or the loss is no longer a number; ResourceError if the disk is
 * full, which leaves the last checkpoint whole
 */
export async function train(run: TrainingRun): Promise<TrainingOutcome> {
  const { configuration, folder } = run
  const hash = configurationHash(configuration, [run.start?.sha256 ?? '', run.cases.fingerprint])
  const opened = await openRunFolder(folder, run.resume, { hash, anyVersion: run.anyVersion ?? false })
  try {
    return await trainIn(opened, run, hash)
  } finally {
    opened.release()
  }
}

async function trainIn(opened: RunFolder, run: TrainingRun, hash: string): Promise<TrainingOutcome> {
  const { configuration, runtime, folder } = run
  const step = opened.checkpoint?.step ?? 0
  // The first samples are on their way while the engine is made ready.
  const first = step < configuration.steps ? samplesOfStep(run.samples, step, configuration.accumulation) : undefined
  first?.catch(() => {})
  const trainer = await createTrainer(configuration, runtime)
  const logs: TrainingLog[] = []
  try {
    if (opened.checkpoint !== undefined) {
      assertFits(opened.files.checkpoint, opened.checkpoint, { state: trainer.state(), weights: trainer.weights() })
      trainer.restore(opened.checkpoint.state, step)
    } else if (run.start !== undefined) trainer.restore(startedFrom(trainer.state(), run.start), 0)
    await writeFileAtomically(opened.files.configuration, `${JSON.stringify(configuration, null, 2)}\n`)
    logs.push(await openLog(opened.files.log, step), await openEventFile(folder, step))
    return await runSteps(run, opened, hash, trainer, logs, first)
  } finally {
    for (const log of logs) await log.close()
    await trainer.release()
  }
}

async function runSteps(
  run: TrainingRun,
  { files, checkpoint }: RunFolder,
  hash: string,
  trainer: Trainer,
  logs: readonly TrainingLog[],
  first: Promise<PreparedSample[]> | undefined
): Promise<TrainingOutcome> {
  const { configuration, samples, runtime, signal } = run
  const average = createMovingAverage(configuration.averaging, copyTensors(checkpoint?.average ?? trainer.weights()))
  let step = checkpoint?.step ?? 0
  let { metrics, bestScore, plateau = plateauStart } = checkpoint ?? {}
  let saved = -1
  let coming = first

  async function record(entry: LogRecord): Promise<void> {
    for (const log of logs) await log.write(entry)
    run.onRecord?.(entry)
  }

  function model(): Uint8Array {
    const start = run.start && { file: run.start.description, sha256: run.start.sha256 }
    return encodeTrainedModel(configuration, average.weights(), { steps: step, cases: run.cases.name, metrics, start })
  }

  async function save(): Promise<void> {
    if (saved === step) return
    saved = step
    // Refuses weights that are not finite, before they become a checkpoint.
    const bytes = model()
    // Before the checkpoint, so that no log is behind it, whenever the power fails.
    for (const log of logs) await log.flush()
    const state = { step, state: trainer.state(), average: average.weights(), metrics, bestScore, plateau }
    await writeCheckpoint(files.checkpoint, state, hash)
    await writeFileAtomically(files.model, bytes)
  }

  let held: ValidationSample[] | undefined
  async function validateHeld(): Promise<void> {
    held ??= await validationSamples(samples)
    if (held.length === 0) return
    const session = await runtime.open(model())
    metrics = await validate(session, held, configuration.sigma).finally(() => session.release())
    await record({ kind: 'validation', step, metrics })
    const { schedule } = configuration
    if (metrics.score !== null && schedule.decay === 'plateau') plateau = observe(plateau, metrics.score, schedule)
    if (metrics.score === null || metrics.score <= (bestScore ?? Number.NEGATIVE_INFINITY)) return
    bestScore = metrics.score
    await writeFileAtomically(files.best, model())
  }

  const { name, notes = [] } = run.cases
  await record({ kind: 'start', step, configuration: hash, software: softwareVersion, cases: name, notes })
  while (step < configuration.steps && !signal?.aborted) {
    const from = performance.now()
    const prepared = await (coming ?? samplesOfStep(samples, step, configuration.accumulation))
    coming = undefined
    const ready = performance.now()
    const learningRate = learningRateAt(configuration, step, plateau)
    const result = await trainer
      .step(
        prepared.map((one, n) => described(one, step * prepared.length + n)),
        learningRate
      )
      .catch((error: unknown) => {
        throw inRun(error, configuration)
      })
    step = result.step
    average.add(trainer.weights(), step)
    const spent = (performance.now() - from) / 1000
    const idle = (ready - from) / 1000 / spent
    const cases = prepared.map((one) => one.case)
    await record({ kind: 'step', ...result, learningRate, seconds: spent, idle, cases })
    const last = step === configuration.steps
    if (last || step % configuration.validation.every === 0) await validateHeld()
    if (last || step % configuration.checkpointEvery === 0) await save()
  }
  await save()
  return { steps: step, finished: step === configuration.steps }
}

async function validationSamples(samples: SampleStream): Promise<ValidationSample[]> {
  const result: ValidationSample[] = []
  for (let index = 0; index < samples.validationCount; index++) result.push(await samples.validation(index))
  return result
}

/** A sample with what makes it again. */
function described({ sample, case: at, caseName }: PreparedSample, index: number): TrainingSample {
  return { ...sample, origin: `sample ${index}, case ${at}: ${caseName}` }
}

/** Adds to what the trainer says of a step which run it was, so that the step can be done again. */
function inRun(error: unknown, { name, seed }: TrainingConfiguration): unknown {
  if (!(error instanceof OtomarkError)) return error
  return new UsageError(`training ${name} (seed ${seed}): ${error.message}; the last checkpoint is kept`, {
    cause: error
  })
}
