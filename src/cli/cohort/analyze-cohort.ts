import { stat } from 'node:fs/promises'
import { type CaseRecord, readCaseRecord } from '../../cases/case-record.ts'
import { UsageError } from '../../core/errors.ts'
import { readError } from '../../io/file-error.ts'
import { diskFiles } from '../../node/file-access.ts'
import { type FollowOptions, runOnSlurm } from '../../node/slurm/run-on-slurm.ts'
import type { SlurmOptions } from '../../node/slurm/script.ts'
import { doneCases, failedCases } from '../../report/cohort/cohort-case.ts'
import { clearLine, createProgress } from '../progress.ts'
import { untilStopped } from '../until-stopped.ts'
import type { CaseContext } from './analyze-case.ts'
import { openCaseWorkers, type WorkerOptions } from './case-workers.ts'
import { caseFolder, makeCohortFolder, openCohortFolder, removeCase, writeCase } from './cohort-folder.ts'
import { currentCase, readCohort, tellOutcome } from './cohort-outcome.ts'
import { type CohortScan, type NamedScan, nameFolders } from './cohort-scan.ts'
import { setAsideFormerCases } from './former-cases.ts'
import { findScans } from './scan-folder.ts'
import { readScanList } from './scan-list.ts'

/** What a cohort is analysed with, and how many scans at a time. */
export type CohortContext = Pick<CaseContext, 'model' | 'options'> & { readonly workers?: WorkerOptions }

/**
 * Analyses every scan in a folder or list into a folder with a case for each, and writes tables
 * of them. Cases that are there and would come out the same are kept; a scan that fails is recorded and passed over,
 * and tried again by the next run. Ctrl+C ends it with the tables of what is done.
 * @throws InputError when there is nothing to analyse, or, at the end, when some scans failed; ResourceError when the
 * folder cannot be written
 */
export async function analyzeCohort(input: string, folder: string, context: CohortContext): Promise<void> {
  const scans = nameFolders(await listScans(input, folder, context))
  const release = await openCohort(folder, scans)
  try {
    await analyzeInto(folder, scans, context)
  } finally {
    release()
  }
}

/** A cohort's folder with the cases of a list and no others. @returns lets other processes write there again */
async function openCohort(folder: string, scans: readonly NamedScan[]): Promise<() => void> {
  const release = await openCohortFolder(folder)
  try {
    const moved = await setAsideFormerCases(folder, scans)
    if (moved !== undefined) process.stderr.write(`otomark: ${moved}\n`)
    return release
  } catch (error) {
    release()
    throw error
  }
}

/** One of several parts of a cohort's scans, from 1. */
export interface CohortPart {
  readonly number: number
  readonly of: number
}

/**
 * Analyses every `of`-th scan of a cohort, as a task on a cluster does, and writes no tables: the whole cohort's are
 * written when all parts are done.
 * @throws as {@link analyzeCohort}
 */
export async function analyzePart(
  input: string,
  folder: string,
  context: CohortContext,
  { number, of }: CohortPart
): Promise<void> {
  const scans = nameFolders(await listScans(input, folder, context)).filter((_, at) => at % of === number - 1)
  await makeCohortFolder(folder)
  const wasStopped = await untilStopped(async (signal) => {
    await analyzeCases(scans, folder, { ...context, signal })
    return signal.aborted
  })
  const cohort = await readCohort(folder, scans, context)
  const [done, failed] = [doneCases(cohort).length, failedCases(cohort).length]
  process.stdout.write(`part ${number} of ${of}: ${done} of ${scans.length} scans analysed, ${failed} failed\n`)
  if (wasStopped) process.stderr.write('otomark: stopped; the same command goes on\n')
}

/**
 * Analyses a cohort as a job array of Slurm, `perTask` scans a task, and writes its tables. Each task is this command
 * for one part.
 * @param command the words of a task, to which the part is added
 * @throws as {@link analyzeCohort}
 */
export async function analyzeCohortOnSlurm(
  input: string,
  folder: string,
  context: CohortContext,
  command: readonly string[],
  { slurm, follow }: { readonly slurm: SlurmOptions; follow(signal: AbortSignal): FollowOptions }
): Promise<void> {
  const scans = nameFolders(await listScans(input, folder, context))
  const release = await openCohort(folder, scans)
  try {
    const of = Math.ceil(scans.length / slurm.perTask)
    for (const scan of scans) await forgetFailed(folder, scan)
    const work = {
      name: 'otomark-cohort',
      folder,
      left: async () => {
        const parts = new Set<number>()
        for (const [at, scan] of scans.entries()) {
          if ((await currentCase(folder, scan, context)) === undefined) parts.add((at % of) + 1)
        }
        return [...parts]
      },
      // A case that another process was writing is removed and written anew.
      clear: () => {},
      command: ([number]: readonly number[]) => [...command, '--part', `${number}/${of}`]
    }
    await untilStopped((signal) => runOnSlurm(work, { ...slurm, perTask: 1 }, follow(signal)))
    await tellOutcome(folder, scans, context, false)
  } finally {
    release()
  }
}

async function hasFailed(folder: string, scan: NamedScan): Promise<boolean> {
  return (await readCaseRecord(diskFiles, caseFolder(folder, scan)))?.outcome.status === 'failed'
}

/** So that it is tried again. */
async function forgetFailed(folder: string, scan: NamedScan): Promise<void> {
  if (await hasFailed(folder, scan)) await removeCase(caseFolder(folder, scan))
}

async function analyzeInto(folder: string, scans: readonly NamedScan[], context: CohortContext): Promise<void> {
  const wasStopped = await untilStopped(async (signal) => {
    await analyzeCases(scans, folder, { ...context, signal })
    return signal.aborted
  })
  await tellOutcome(folder, scans, context, wasStopped)
}

async function listScans(input: string, cohort: string, { options }: CohortContext): Promise<CohortScan[]> {
  const status = await stat(input).catch((error: unknown) => {
    throw readError(input, error)
  })
  if (status.isDirectory()) return findScans(input, cohort)
  if (/\.(csv|txt)$/i.test(input)) return readScanList(input, options.keepIdentifiers)
  throw new UsageError(`${input}: --cohort needs a folder of scans or a list of their paths, .txt or .csv`)
}

async function analyzeCases(
  scans: readonly NamedScan[],
  folder: string,
  context: CaseContext & CohortContext
): Promise<void> {
  const todo: NamedScan[] = []
  for (const scan of scans) if ((await currentCase(folder, scan, context))?.status !== 'done') todo.push(scan)
  if (todo.length === 0) return
  const progress = createProgress(process.stderr)
  const total = todo.length
  let done = 0
  const workers = openCaseWorkers(total, context, context.workers)
  progress({ stage: 'analysing scans', done, total })
  const work = workers.analyze.map(async (analyze) => {
    for (let scan = todo.shift(); scan !== undefined; scan = todo.shift()) {
      const { record, files } = await analyze(scan)
      await writeCase(caseFolder(folder, scan), record, files)
      tellFailure(record)
      progress({ stage: 'analysing scans', done: ++done, total })
    }
  })
  try {
    await Promise.all(work)
  } catch (error) {
    todo.length = 0
    if (!context.signal.aborted) throw error
    // What others finish meanwhile is still written.
    await Promise.allSettled(work)
  } finally {
    await workers.close()
  }
}

function tellFailure({ id, outcome }: CaseRecord): void {
  if (outcome.status === 'done') return
  process.stderr.write(`${process.stderr.isTTY ? clearLine : ''}otomark: ${id}: ${outcome.message}\n`)
}
