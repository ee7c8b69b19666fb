import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { caseEvaluation } from '../evaluate/evaluation.ts'
import { readJson } from '../io/json.ts'
import { exists } from '../node/exists.ts'
import { diskFiles } from '../node/file-access.ts'
import { folderHolder, removeLock } from '../node/folder-lock.ts'
import { writeFileAtomically } from '../node/write-file.ts'
import type { OpenStudy, StudyRun } from './open-study.ts'

/** What `training.json` holds: that a training is over, and what it took. */
const trainingRecord = z.strictObject({
  format: z.literal('otomark-study-training'),
  version: z.literal(1),
  hash: z.string(),
  cases: z.string().nullable().optional().describe('key of the labelled cases that were trained on'),
  software: z.string(),
  steps: z.int().positive(),
  parameters: z.int().positive(),
  gigaOperations: z.number().describe('of a step'),
  seconds: z.number().describe('of all steps, as the log has them')
})

/** What `evaluation/NAME.json` holds. */
const evaluationRecord = z.strictObject({
  format: z.literal('otomark-study-evaluation'),
  version: z.literal(1),
  hash: z.string().describe('of the run'),
  key: z.string().describe('of the cases and how they are looked at'),
  cases: z.array(caseEvaluation),
  failed: z.array(z.strictObject({ id: z.string(), message: z.string() })),
  notes: z.array(z.string()).default([]).describe('what to know of how the cases were read')
})

/** What `failure.json` holds: why a run ended, to be tried again by the next `run`. */
const failureRecord = z.strictObject({
  format: z.literal('otomark-study-failure'),
  version: z.literal(1),
  exitCode: z.int(),
  message: z.string()
})

export type TrainingRecord = z.infer<typeof trainingRecord>
export type EvaluationRecord = z.infer<typeof evaluationRecord>
export type FailureRecord = z.infer<typeof failureRecord>

/** How far a run is, by what lies on the disk. */
export type RunState =
  | { readonly status: 'waiting' | 'done' }
  | { readonly status: 'running'; readonly by: string }
  | { readonly status: 'begun'; readonly lacks: readonly string[] }
  | { readonly status: 'failed'; readonly exitCode: number; readonly message: string }

const recordFile = 'training.json'
const failureFile = 'failure.json'

export function runFolderOf({ folder }: Pick<OpenStudy, 'folder'>, { hash }: Pick<StudyRun, 'hash'>): string {
  return join(folder, 'runs', hash)
}

/** Where a run's training lies, with checkpoint and log. */
export function trainingFolderOf(folder: string): string {
  return join(folder, 'training')
}

/** The weights that a run is judged by: their moving average after the last step. */
export function modelOf(folder: string): string {
  return join(trainingFolderOf(folder), 'model.onnx')
}

/**
 * @param cases key of the labelled cases, of others than which a training is another, and not read; any when left out
 * @returns undefined unless the training is over and its record is whole and the run's own
 */
export async function readTraining(
  folder: string,
  hash: string,
  cases?: string | null
): Promise<TrainingRecord | undefined> {
  const record = await readRecord(join(folder, recordFile), trainingRecord)
  if (record?.hash !== hash || !(await exists(modelOf(folder)))) return undefined
  // Records of older versions do not say it.
  const isSame = cases === undefined || record.cases === undefined || record.cases === cases
  return isSame ? record : undefined
}

export async function writeTraining(folder: string, record: TrainingRecord): Promise<void> {
  await writeFileAtomically(join(folder, recordFile), encode(record))
}

/** @param key without which an evaluation is another, and not read; any when left out */
export async function readEvaluation(
  folder: string,
  hash: string,
  name: string,
  key?: string
): Promise<EvaluationRecord | undefined> {
  const record = await readRecord(evaluationFile(folder, name), evaluationRecord)
  return record?.hash === hash && (key === undefined || record.key === key) ? record : undefined
}

export async function writeEvaluation(folder: string, name: string, record: EvaluationRecord): Promise<void> {
  await writeFileAtomically(evaluationFile(folder, name), encode(record))
}

export async function writeFailure(folder: string, exitCode: number, message: string): Promise<void> {
  const record: FailureRecord = { format: 'otomark-study-failure', version: 1, exitCode, message }
  await writeFileAtomically(join(folder, failureFile), encode(record))
}

export async function forgetFailure(folder: string): Promise<void> {
  await rm(join(folder, failureFile), { force: true })
}

/** Takes away the locks of a run whose process is known to be gone, such as one of a node that died. */
export function clearRun(study: Pick<OpenStudy, 'folder'>, run: Pick<StudyRun, 'hash'>): void {
  const folder = runFolderOf(study, run)
  removeLock(folder)
  removeLock(trainingFolderOf(folder))
}

/**
 * @param cases key of the labelled cases that it is to be trained on
 * @param evaluations names of the sets the run is to be judged on, with their keys
 */
export async function stateOf(
  study: Pick<OpenStudy, 'folder'>,
  run: Pick<StudyRun, 'hash'>,
  cases: string | null,
  evaluations: ReadonlyMap<string, string>
): Promise<RunState> {
  const folder = runFolderOf(study, run)
  const by = folderHolder(folder)
  if (by !== undefined) return { status: 'running', by }
  const failure = await readRecord(join(folder, failureFile), failureRecord)
  if (failure !== undefined) return { status: 'failed', exitCode: failure.exitCode, message: failure.message }
  const lacks: string[] = []
  if ((await readTraining(folder, run.hash, cases)) === undefined) lacks.push('training')
  for (const [name, key] of evaluations) {
    if ((await readEvaluation(folder, run.hash, name, key)) === undefined) lacks.push(name)
  }
  if (lacks.length === 0) return { status: 'done' }
  return (await exists(folder)) ? { status: 'begun', lacks } : { status: 'waiting' }
}

function evaluationFile(folder: string, name: string): string {
  return join(folder, 'evaluation', `${name}.json`)
}

async function readRecord<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const value = await readJson(diskFiles, path).catch(() => undefined)
  return schema.safeParse(value).data
}

function encode(record: object): string {
  return `${JSON.stringify(record, null, 2)}\n`
}
