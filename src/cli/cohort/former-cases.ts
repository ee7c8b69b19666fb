import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readCaseRecord } from '../../cases/case-record.ts'
import { diskFiles } from '../../node/file-access.ts'
import { makeFolder, writeError } from '../../node/write-file.ts'
import { caseFolder } from './cohort-folder.ts'
import type { NamedScan } from './cohort-scan.ts'

/** Where cases wait whose scans are no longer listed. */
const formerFolder = 'former-cases'

/**
 * Moves the cases of scans that are no longer listed out of `cases`, so that none is taken for a result of the list, and those that are
 * listed again back.
 * @returns where to and how many, in words; undefined where there were none
 * @throws ResourceError where they cannot be moved
 */
export async function setAsideFormerCases(cohort: string, scans: readonly NamedScan[]): Promise<string | undefined> {
  const aside = join(cohort, formerFolder)
  for (const scan of scans) {
    const former = join(aside, scan.folder)
    const record = await readCaseRecord(diskFiles, former)
    const isOfScan = record?.id === scan.id && record.path === scan.given
    if (isOfScan && !(await isFolder(caseFolder(cohort, scan)))) await move(former, caseFolder(cohort, scan))
  }
  const listed = new Set(scans.map(({ folder }) => folder))
  const entries = await readdir(join(cohort, 'cases'), { withFileTypes: true }).catch(() => [])
  const former = entries.filter((entry) => entry.isDirectory() && !listed.has(entry.name))
  if (former.length === 0) return undefined
  await makeFolder(aside)
  for (const { name } of former) await move(join(cohort, 'cases', name), join(aside, name))
  const [cases, were] = former.length === 1 ? ['case', 'was'] : ['cases', 'were']
  return `${former.length} ${cases} of scans that are not listed any more ${were} moved to ${aside}`
}

/** In place of what lies there. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rm(to, { recursive: true, force: true })
    await rename(from, to)
  } catch (error) {
    throw writeError(to, error)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}
