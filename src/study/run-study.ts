import type { ProgressListener } from '../core/progress.ts'
import { lockUnlessHeld } from '../node/folder-lock.ts'
import { makeFolder } from '../node/write-file.ts'
import { generateSets, judgedSets, type KnownFolders, surveyFolders, trainingKey } from './case-sets.ts'
import { type OpenStudy, rememberFolders, type StudyRun } from './open-study.ts'
import { performRun, type RunOptions } from './perform-run.ts'
import { forgetFailure, type RunState, runFolderOf, stateOf, writeFailure } from './run-folder.ts'

/** What happens while a study runs. */
export interface StudyListener {
  /** @param left runs to go, this one included */
  begins(run: StudyRun, left: number): void
  ends(run: StudyRun, state: RunState): void
  readonly progress: ProgressListener
  /** What is reported of an error, and the exit code it leads to. */
  explain(error: unknown): { readonly message: string; readonly exitCode: number }
}

/** Makes a study's folder ready for its runs: the generated cases are there. */
export async function prepareStudy(study: OpenStudy, progress: ProgressListener): Promise<KnownFolders> {
  await rememberFolders(study)
  const known = await surveyFolders(study)
  await generateSets(study, progress)
  return known
}

/** The states of runs, in their order; each hash once. */
export async function statesOf(
  study: OpenStudy,
  known: KnownFolders,
  runs: readonly StudyRun[] = study.runs
): Promise<Map<string, RunState>> {
  const states = new Map<string, RunState>()
  for (const run of runs) {
    if (!states.has(run.hash)) states.set(run.hash, await stateNow(study, known, run))
  }
  return states
}

/**
 * Does the runs of a study that are not done, one after another. A run that fails is written down with its reason and
 * does not stop the rest; one that another process is at is left to it, so that several may do one study together.
 * @param runs those wanted
 */
export async function runStudy(
  study: OpenStudy,
  known: KnownFolders,
  options: RunOptions,
  listener: StudyListener,
  runs: readonly StudyRun[] = study.runs
): Promise<void> {
  const seen = new Set<string>()
  const wanted = runs.filter(({ hash }) => {
    if (seen.has(hash)) return false
    seen.add(hash)
    return true
  })
  for (const [at, run] of wanted.entries()) {
    if (options.signal.aborted) return
    const state = await stateNow(study, known, run)
    if (state.status === 'done' || state.status === 'running') continue
    listener.begins(run, wanted.length - at)
    await doRun(study, known, run, options, listener)
    listener.ends(run, await stateNow(study, known, run))
  }
}

async function doRun(
  study: OpenStudy,
  known: KnownFolders,
  run: StudyRun,
  options: RunOptions,
  listener: StudyListener
): Promise<void> {
  const folder = runFolderOf(study, run)
  await makeFolder(folder)
  const release = lockUnlessHeld(folder)
  if (release === undefined) return
  try {
    await forgetFailure(folder)
    await performRun(study, known, run, options)
  } catch (error) {
    if (options.signal.aborted) return
    const { message, exitCode } = listener.explain(error)
    await writeFailure(folder, exitCode, message)
  } finally {
    release()
  }
}

function stateNow(study: OpenStudy, known: KnownFolders, run: StudyRun): Promise<RunState> {
  const evaluations = new Map(judgedSets(study, known, run).map(({ name, key }) => [name, key]))
  return stateOf(study, run, trainingKey(study, known, run), evaluations)
}
