import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CaseRecord, readCaseRecord, recordFile } from '../../cases/case-record.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Files } from '../../io/files.ts'
import { readJson } from '../../io/json.ts'
import { exists } from '../../node/exists.ts'
import { diskFiles } from '../../node/file-access.ts'
import { lockOutput } from '../../node/folder-lock.ts'
import { makeFolder, sweepTemporary, writeError, writeFileAtomically } from '../../node/write-file.ts'
import type { CohortCase } from '../../report/cohort/cohort-case.ts'
import { type AnalysisResult, analysisResult, notice } from '../../report/result.ts'
import { assertOnlyResults, openOutputFolder } from '../output-folder.ts'
import type { NamedScan } from './cohort-scan.ts'

const cohortFile = 'cohort.json'

/** Files of a case that show its result, the best to read first. */
const reportFiles = ['report.html', 'result.json']

/**
 * Makes a cohort's folder, or takes up one that an earlier run left, and clears it of what a killed run left.
 * @returns lets other processes write there again
 * @throws InputError when something else lies there, ResourceError when it cannot be written
 */
export async function openCohortFolder(folder: string): Promise<() => void> {
  await makeCohortFolder(folder)
  const release = lockOutput(folder)
  await sweepTemporary(folder)
  return release
}

/**
 * Makes a cohort's folder, or takes up one that is there, without locking it: several processes may each do a part.
 * @throws InputError when something else lies there, ResourceError when it cannot be written
 */
export async function makeCohortFolder(folder: string): Promise<void> {
  await assertOnlyResults(folder, cohortFile, ['cases', 'cohort.csv', 'cohort.html', 'errors.csv'])
  await makeFolder(folder)
  const record = { format: 'otomark-cohort', version: 1, software: `otomark ${softwareVersion}`, notice }
  await writeFileAtomically(join(folder, cohortFile), `${JSON.stringify(record, null, 2)}\n`)
}

/** Where a scan's case lies in a cohort. */
export function caseFolder(cohort: string, { folder }: NamedScan): string {
  return join(cohort, 'cases', folder)
}

/** Puts a case's files and its record there together, in place of everything an earlier or a stopped run left. */
export async function writeCase(folder: string, record: CaseRecord, files: Files): Promise<void> {
  await removeCase(folder)
  const output = await openOutputFolder(folder)
  // The record takes its name last: a folder that has it is whole.
  await output.write({ ...files, [recordFile]: `${JSON.stringify(record, null, 2)}\n` })
}

/** Takes away a case that is to be made anew. */
export async function removeCase(folder: string): Promise<void> {
  try {
    // The record goes first: from then on the folder is not whole.
    await rm(join(folder, recordFile), { force: true })
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    throw writeError(folder, error)
  }
}

/** What the files say of a scan; undefined when its case is not there or not whole. */
export async function readCase(cohort: string, scan: NamedScan): Promise<CohortCase | undefined> {
  const folder = caseFolder(cohort, scan)
  const record = await readCaseRecord(diskFiles, folder)
  if (record === undefined) return undefined
  const { id, path, outcome } = record
  if (outcome.status === 'failed') return { ...outcome, id, path }
  const result = await readResult(join(folder, 'result.json'))
  const report = await firstOf(folder, reportFiles)
  if (result === undefined || report === undefined) return undefined
  return { status: 'done', id, path, result, report: ['cases', scan.folder, report].map(encodeURIComponent).join('/') }
}

async function readResult(path: string): Promise<AnalysisResult | undefined> {
  const value = await readJson(diskFiles, path).catch(() => undefined)
  return analysisResult.safeParse(value).data
}

async function firstOf(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await exists(join(folder, name))) return name
  return undefined
}
