import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type CaseRecord, readCaseRecord } from '../../cases/case-record.ts'
import { InputError, UsageError } from '../../core/errors.ts'
import { readError } from '../../io/file-error.ts'
import { diskFiles } from '../../node/file-access.ts'
import { writeFileAtomically } from '../../node/write-file.ts'
import { type Cohort, doneCases, failedCases } from '../../report/cohort/cohort-case.ts'
import { cohortPage } from '../../report/cohort/page.ts'
import { cohortTable, errorTable } from '../../report/cohort/tables.ts'
import { clearLine, createProgress } from '../progress.ts'
import { analyzeCase, type CaseContext, isFinished, provenanceOf } from './analyze-case.ts'
import { caseFolder, openCohortFolder, readCase, writeCase } from './cohort-folder.ts'
import { type CohortScan, type NamedScan, nameFolders } from './cohort-scan.ts'
import { findScans } from './scan-folder.ts'
import { readScanList } from './scan-list.ts'

/**
 * Analyses every scan in a folder or list, one after the other, into a folder with a case for each, and writes tables
 * of them. Cases that are there and would come out the same are kept; a scan that fails is recorded and passed over,
 * and tried again by the next run. Ctrl+C ends it with the tables of what is done.
 * @throws InputError when there is nothing to analyse, or, at the end, when some scans failed; ResourceError when the
 * folder cannot be written
 */
export async function analyzeCohort(
  input: string,
  folder: string,
  context: Pick<CaseContext, 'model' | 'options'>
): Promise<void> {
  const scans = nameFolders(await listScans(input, folder))
  const release = await openCohortFolder(folder)
  try {
    await analyzeInto(folder, scans, context)
  } finally {
    release()
  }
}

async function analyzeInto(
  folder: string,
  scans: readonly NamedScan[],
  context: Pick<CaseContext, 'model' | 'options'>
): Promise<void> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    await analyzeCases(scans, folder, { ...context, signal: stop.signal })
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
  const cohort = await readCohort(folder, scans)
  await writeTables(folder, cohort)
  const [done, failed] = [doneCases(cohort).length, failedCases(cohort).length]
  process.stdout.write(`${done} of ${scans.length} scans analysed, ${failed} failed; written to ${folder}\n`)
  if (stop.signal.aborted) process.stderr.write('otomark: stopped; the same command goes on\n')
  else if (failed > 0) throw new InputError(folder, `${failed} of ${scans.length} scans failed; errors.csv says why`)
}

async function listScans(input: string, cohort: string): Promise<CohortScan[]> {
  const status = await stat(input).catch((error: unknown) => {
    throw readError(input, error)
  })
  if (status.isDirectory()) return findScans(input, cohort)
  if (/\.(csv|txt)$/i.test(input)) return readScanList(input)
  throw new UsageError(`${input}: --cohort needs a folder of scans or a list of their paths, .txt or .csv`)
}

async function analyzeCases(scans: readonly NamedScan[], folder: string, context: CaseContext): Promise<void> {
  const progress = createProgress(process.stderr)
  const todo: NamedScan[] = []
  for (const scan of scans) if (!(await isThere(folder, scan, context))) todo.push(scan)
  for (const [done, scan] of todo.entries()) {
    progress({ stage: 'analysing scans', done, total: todo.length })
    try {
      const { record, files } = await analyzeCase(scan, context)
      await writeCase(caseFolder(folder, scan), record, files)
      tellFailure(record)
    } catch (error) {
      if (context.signal.aborted) return
      throw error
    }
  }
  if (todo.length > 0) progress({ stage: 'analysing scans', done: todo.length, total: todo.length })
}

/** Whether a scan's result lies there, whole, and would come out the same. */
async function isThere(folder: string, scan: NamedScan, context: CaseContext): Promise<boolean> {
  const record = await readCaseRecord(diskFiles, caseFolder(folder, scan))
  if (record?.id !== scan.id || record.path !== scan.given) return false
  const provenance = await provenanceOf(scan, context)
  return provenance !== undefined && isFinished(record, provenance) && (await readCase(folder, scan)) !== undefined
}

function tellFailure({ id, outcome }: CaseRecord): void {
  if (outcome.status === 'done') return
  process.stderr.write(`${process.stderr.isTTY ? clearLine : ''}otomark: ${id}: ${outcome.message}\n`)
}

async function readCohort(folder: string, scans: readonly NamedScan[]): Promise<Cohort> {
  const cases = []
  for (const scan of scans) cases.push(await readCase(folder, scan))
  const known = cases.filter((one) => one !== undefined)
  return { cases: known, waiting: scans.length - known.length }
}

async function writeTables(folder: string, cohort: Cohort): Promise<void> {
  await writeFileAtomically(join(folder, 'cohort.csv'), cohortTable(doneCases(cohort)))
  await writeFileAtomically(join(folder, 'errors.csv'), errorTable(failedCases(cohort)))
  await writeFileAtomically(join(folder, 'cohort.html'), cohortPage(cohort))
}
