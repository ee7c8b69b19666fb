import { join } from 'node:path'
import { readCaseRecord } from '../../cases/case-record.ts'
import { InputError } from '../../core/errors.ts'
import { diskFiles } from '../../node/file-access.ts'
import { writeFileAtomically } from '../../node/write-file.ts'
import { type Cohort, type CohortCase, doneCases, failedCases } from '../../report/cohort/cohort-case.ts'
import { cohortPage } from '../../report/cohort/page.ts'
import { cohortTable, errorTable } from '../../report/cohort/tables.ts'
import { type CaseContext, isFinished, provenanceOf } from './analyze-case.ts'
import { caseFolder, readCase } from './cohort-folder.ts'
import type { NamedScan } from './cohort-scan.ts'

/** What the results of a cohort are made with. */
type ResultContext = Pick<CaseContext, 'model' | 'options'>

/** The case of a scan that lies there, whole; of one that was analysed only where it would come out the same. */
export async function currentCase(
  folder: string,
  scan: NamedScan,
  context: ResultContext
): Promise<CohortCase | undefined> {
  const record = await readCaseRecord(diskFiles, caseFolder(folder, scan))
  if (record?.id !== scan.id || record.path !== scan.given) return undefined
  if (record.outcome.status === 'failed') return readCase(folder, scan)
  const provenance = await provenanceOf(scan, context)
  return provenance !== undefined && isFinished(record, provenance) ? readCase(folder, scan) : undefined
}

/** The current cases of a cohort. */
export async function readCohort(folder: string, scans: readonly NamedScan[], context: ResultContext): Promise<Cohort> {
  const known: CohortCase[] = []
  for (const scan of scans) {
    const one = await currentCase(folder, scan, context)
    if (one !== undefined) known.push(one)
  }
  return { cases: known, waiting: scans.length - known.length }
}

/** Writes the tables of what is done. @throws InputError when some scans failed */
export async function tellOutcome(
  folder: string,
  scans: readonly NamedScan[],
  context: ResultContext,
  wasStopped: boolean
): Promise<void> {
  const cohort = await readCohort(folder, scans, context)
  await writeTables(folder, cohort)
  const [done, failed] = [doneCases(cohort).length, failedCases(cohort).length]
  process.stdout.write(`${done} of ${scans.length} scans analysed, ${failed} failed; written to ${folder}\n`)
  if (wasStopped) process.stderr.write('otomark: stopped; the same command goes on\n')
  else if (failed > 0) throw new InputError(folder, `${failed} of ${scans.length} scans failed; errors.csv says why`)
}

async function writeTables(folder: string, cohort: Cohort): Promise<void> {
  await writeFileAtomically(join(folder, 'cohort.csv'), cohortTable(doneCases(cohort)))
  await writeFileAtomically(join(folder, 'errors.csv'), errorTable(failedCases(cohort)))
  await writeFileAtomically(join(folder, 'cohort.html'), cohortPage(cohort))
}
