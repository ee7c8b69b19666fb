import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { InputError } from '../core/errors.ts'
import { softwareVersion } from '../core/version.ts'
import { readJson } from '../io/json.ts'
import { diskFiles } from '../node/file-access.ts'
import { makeFolder, sweepTemporary, writeFileAtomically } from '../node/write-file.ts'
import type { Runtime } from '../runtime/session.ts'
import { fingerprintOf, openCases, surveyCases } from '../train/cases/open-cases.ts'
import type { TrainingConfiguration } from '../train/configuration.ts'
import { type LogRecord, readRecords } from '../train/log.ts'
import { train } from '../train/loop.ts'
import { workOf } from '../train/plan.ts'
import { openSamples } from '../train/samples/open-samples.ts'
import { readStart } from '../train/start.ts'
import { generatedFolder, judgedSets, type KnownFolders, trainingKey } from './case-sets.ts'
import { evaluateModel } from './evaluate-model.ts'
import type { OpenStudy, StudyRun } from './open-study.ts'
import {
  modelOf,
  readEvaluation,
  readTraining,
  runFolderOf,
  trainingFolderOf,
  writeEvaluation,
  writeTraining
} from './run-folder.ts'

export interface RunOptions {
  readonly runtime: Runtime
  readonly signal: AbortSignal
  /** Go on from checkpoints of another version of otomark. */
  readonly anyVersion: boolean
  onRecord?(record: LogRecord): void
  /** Is told what to know of how cases were read, again by each run. */
  note(text: string): void
}

/**
 * Trains a run, or goes on from its checkpoint, and judges it by each set; what is there and whole is kept.
 * @returns false where it was stopped before it was done
 */
export async function performRun(
  study: OpenStudy,
  known: KnownFolders,
  run: StudyRun,
  options: RunOptions
): Promise<boolean> {
  const folder = runFolderOf(study, run)
  await makeFolder(join(folder, 'evaluation'))
  await sweepTemporary(folder)
  await sweepTemporary(join(folder, 'evaluation'))
  await claim(folder, run)
  const trainedOn = trainingKey(study, known, run)
  const training = await readTraining(folder, run.hash, trainedOn)
  if (training === undefined && !(await trainRun(study, run, folder, trainedOn, options))) return false
  const { pose, threads } = study.specification
  for (const set of judgedSets(study, known, run)) {
    if ((await readEvaluation(folder, run.hash, set.name, set.key)) !== undefined) continue
    options.signal.throwIfAborted()
    const judging = { pose, threads, runtime: options.runtime, signal: options.signal }
    const { cases, failed, notes } = await evaluateModel(modelOf(folder), set, judging)
    notes.forEach(options.note)
    await writeEvaluation(folder, set.name, {
      format: 'otomark-study-evaluation',
      version: 1,
      hash: run.hash,
      key: set.key,
      cases,
      failed,
      notes
    })
  }
  return true
}

/** Writes down what makes a run, or makes sure that what lies there is the same one. @throws InputError otherwise */
async function claim(folder: string, { hash, configuration, split }: StudyRun): Promise<void> {
  const path = join(folder, 'run.json')
  const { checkpointEvery, validation, workers, ...deciding } = configuration
  const own = JSON.parse(JSON.stringify({ format: 'otomark-study-run', version: 1, hash, recipe: deciding, split }))
  const there = await readJson(diskFiles, path).catch((error: unknown) => {
    if (error instanceof InputError && error.cause instanceof SyntaxError) throw error
    return undefined
  })
  if (there === undefined) return writeFileAtomically(path, `${JSON.stringify(own, null, 2)}\n`)
  if (!isDeepStrictEqual(there, own)) {
    throw new InputError(path, 'is of another run than its folder is named after; move the folder away')
  }
}

async function trainRun(
  study: OpenStudy,
  run: StudyRun,
  folder: string,
  trainedOn: string | null,
  options: RunOptions
): Promise<boolean> {
  const { runtime, signal, anyVersion, onRecord } = options
  const configuration = withCases(study, run)
  const { start } = run.variation
  const survey = await surveyCases(configuration)
  const notes = survey.flatMap((set) => set.notes)
  notes.forEach(options.note)
  const cases = openCases(configuration, survey)
  const samples = openSamples(configuration, survey)
  try {
    const { finished, steps } = await train({
      configuration,
      samples,
      cases: { name: cases.name, fingerprint: fingerprintOf(survey), notes },
      ...(start !== null && { start: await readStart(start, configuration) }),
      runtime: {
        ...runtime,
        open: (model, more) => runtime.open(model, { threads: study.specification.threads, ...more })
      },
      folder: trainingFolderOf(folder),
      resume: true,
      anyVersion,
      signal,
      ...(onRecord !== undefined && { onRecord })
    })
    if (!finished) return false
    const records = await readRecords(join(trainingFolderOf(folder), 'log.jsonl'))
    const { parameters, gigaOperations } = workOf(configuration)
    await writeTraining(folder, {
      format: 'otomark-study-training',
      version: 1,
      hash: run.hash,
      cases: trainedOn,
      software: softwareVersion,
      steps,
      parameters,
      gigaOperations,
      seconds: records.reduce((sum, record) => sum + (record.kind === 'step' ? record.seconds : 0), 0)
    })
    return true
  } finally {
    await samples.close()
  }
}

/** A run's recipe with the folders its cases lie in: those of its split, and the generated ones that all runs share. */
function withCases(study: OpenStudy, { configuration, split, seed }: StudyRun): TrainingConfiguration {
  const { training, splits } = study.specification
  const share = split === null ? 0 : (splits?.share ?? 1)
  const given = split === null || splits === undefined ? undefined : (study.caseFolders[splits.cases] as string)
  const labelled = [
    ...(given === undefined ? [] : [{ folder: given, share, heldOut: 0, seed, cases: [...(split?.training ?? [])] }]),
    ...(training === undefined || share >= 1
      ? []
      : [{ folder: generatedFolder(study, training), share: 1 - share, heldOut: 0, seed }])
  ]
  return labelled.length === 0 ? configuration : { ...configuration, labelled }
}
