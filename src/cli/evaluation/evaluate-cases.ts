import type { CaseFiles } from '../../cases/case-files.ts'
import { findCases } from '../../cases/find-cases.ts'
import type { Observation, ObservedEar } from '../../cases/observed-ear.ts'
import { mm } from '../../cases/places.ts'
import { readTruth } from '../../cases/read-truth.ts'
import { InputError } from '../../core/errors.ts'
import { distance } from '../../core/math/vector.ts'
import { softwareVersion } from '../../core/version.ts'
import { bootstrap } from '../../evaluate/bootstrap-interval.ts'
import { evaluateCase } from '../../evaluate/evaluate-case.ts'
import type { CaseEvaluation, Evaluation } from '../../evaluate/evaluation.ts'
import { openEars } from '../../evaluate/open-ears.ts'
import { summarize } from '../../evaluate/summarize.ts'
import { nameOf } from '../../io/file-access.ts'
import { diskFiles } from '../../node/file-access.ts'
import { notice } from '../../report/result.ts'
import { withoutFolders } from '../given-path.ts'
import { clearLine, createProgress } from '../progress.ts'
import { explainError } from '../report-error.ts'
import {
  openEvaluationFolder,
  provenanceOf,
  readEvaluatedCase,
  writeEvaluatedCase,
  writeEvaluation
} from './evaluation-folder.ts'
import type { Predictor } from './predictor.ts'

type Failure = Evaluation['failed'][number]

/**
 * Evaluates every case in a folder or list, one after the other, into another folder. Cases that are there and would come out
 * the same are kept; one that fails is passed over, and tried again by the next run. Ctrl+C ends it with the tables of
 * what is done.
 * @throws InputError when there is no case, or, at the end, when some failed; ResourceError when the folder cannot be
 * written
 */
export async function evaluateCases(input: string, folder: string, predictor: Predictor): Promise<void> {
  const { cases, notes } = await findCases(diskFiles, input)
  for (const note of notes) process.stderr.write(`otomark: ${note}\n`)
  const describe = evaluationBy(predictor, cases.length)
  const release = await openEvaluationFolder(folder, describe([], []))
  try {
    await evaluateInto(folder, cases, predictor, [input, ...(predictor.folder === undefined ? [] : [predictor.folder])])
  } finally {
    release()
  }
}

async function evaluateInto(
  folder: string,
  cases: readonly CaseFiles[],
  predictor: Predictor,
  given: readonly string[]
): Promise<void> {
  const describe = evaluationBy(predictor, cases.length)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const [done, failed]: [CaseEvaluation[], Failure[]] = [[], []]
  const progress = createProgress(process.stderr)
  try {
    for (const [at, one] of cases.entries()) {
      if (stop.signal.aborted) break
      progress({ stage: 'evaluating cases', done: at, total: cases.length })
      const outcome = await evaluateOne(one, folder, predictor, stop.signal)
      if (outcome === 'stopped') break
      if ('message' in outcome) {
        failed.push({ ...outcome, message: withoutFolders(outcome.message, given) })
        process.stderr.write(`${process.stderr.isTTY ? clearLine : ''}otomark: ${outcome.message}\n`)
      } else done.push(outcome)
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
  if (!stop.signal.aborted) progress({ stage: 'evaluating cases', done: cases.length, total: cases.length })
  await writeEvaluation(folder, describe(done, failed))
  process.stdout.write(
    `${done.length} of ${cases.length} cases evaluated, ${failed.length} failed; written to ${folder}\n`
  )
  if (stop.signal.aborted) process.stderr.write('otomark: stopped; the same command goes on\n')
  else if (failed.length > 0) {
    throw new InputError(folder, `${failed.length} of ${cases.length} cases failed; evaluation.md says why`)
  }
}

async function evaluateOne(
  one: CaseFiles,
  folder: string,
  predictor: Predictor,
  signal: AbortSignal
): Promise<CaseEvaluation | Failure | 'stopped'> {
  let evaluated: CaseEvaluation
  let provenance: Awaited<ReturnType<typeof provenanceOf>>
  const notes = new Set<string>()
  const note = (text: string): void => {
    // A scan is read once for its place and again for its voxels.
    if (notes.has(text)) return
    notes.add(text)
    process.stderr.write(`${process.stderr.isTTY ? clearLine : ''}otomark: ${one.id}: ${text}\n`)
  }
  try {
    // Taken before anything is read: files that change meanwhile are evaluated again by the next run.
    provenance = await provenanceOf(one, predictor)
    const kept = await readEvaluatedCase(folder, one.id, provenance)
    kept?.notes.forEach(note)
    if (kept !== undefined) return kept.evaluation
    const truth = await readTruth(diskFiles, one, (file, text) => note(`${nameOf(file)}: ${text}`))
    const predicted = await predictor.predict(one, {
      truth,
      signal,
      note: (file, text) => note(`${file}: ${text}`)
    })
    for (const other of openEars(predicted, truth)) note(unjudged(other, truth))
    evaluated = evaluateCase(one.id, predicted, truth)
  } catch (error) {
    if (signal.aborted) return 'stopped'
    const { exitCode, unidentified } = explainError(error)
    return { id: one.id, exitCode, message: unidentified }
  }
  await writeEvaluatedCase(folder, { evaluation: evaluated, notes: [...notes] }, provenance)
  return evaluated
}

/** What to say of an ear that may be a head's other one, of which the truth knows nothing. */
function unjudged({ place }: ObservedEar, { ears }: Observation): string {
  const apart = Math.min(...ears.map((known) => distance(known.place, place)))
  return (
    `an ear was found ${mm(apart)} from the only one that the truth names; it may be the other one of the head, so neither it nor ` +
    'its outline is judged: add it to the truth, or in truth.json {"side": null} to "ears" where there is none'
  )
}

function evaluationBy(predictor: Predictor, total: number) {
  return (cases: CaseEvaluation[], failed: Failure[]): Evaluation => ({
    format: 'otomark-evaluation',
    version: 1,
    notice,
    software: `otomark ${softwareVersion}`,
    predictedBy: predictor.name,
    bootstrap: { ...bootstrap },
    summary: summarize(cases),
    cases,
    failed,
    waiting: total - cases.length - failed.length
  })
}
