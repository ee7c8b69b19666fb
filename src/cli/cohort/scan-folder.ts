import { readdir } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { caseNames, isTruth } from '../../cases/case-scans.ts'
import { InputError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { dicomStartBytes, isDicom } from '../../io/dicom/is-dicom.ts'
import { readError } from '../../io/file-error.ts'
import { isPassedOver } from '../../io/folder-entries.ts'
import { readStart } from '../../node/read-file.ts'
import { scanEnding } from '../scan-name.ts'
import type { CohortScan } from './cohort-scan.ts'

/**
 * Every scan in a folder and the folders in it: files of the formats that are read, and each folder that holds DICOM
 * files. Hidden files and what an operating system leaves behind, links to folders
 * and label maps that are known by their names are left out. The scan of a case's folder is called as the folder is.
 * @param except a folder that is not looked into: the cohort's own
 * @throws InputError when a folder cannot be read or no scan is found
 */
export async function findScans(folder: string, except: string): Promise<CohortScan[]> {
  const paths: string[] = []
  await collect(folder, resolve(except), paths)
  if (paths.length === 0) {
    throw new InputError(folder, 'holds no scan; give a folder with NIfTI, NRRD, MetaImage, DICOM or .zip files')
  }
  const given = paths.map((path) => printable(relative(folder, path) || basename(resolve(folder))))
  const ids = caseNames(given.map((name) => name.replace(scanEnding, '')))
  return paths.map((path, at) => ({ id: ids[at] as string, path, given: given[at] as string }))
}

async function collect(folder: string, except: string, paths: string[]): Promise<void> {
  if (resolve(folder) === except) return
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const visible = entries.filter(({ name }) => !isPassedOver(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const files = visible.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name)
  const beside = visible.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
  const truths = new Set(beside.filter((entry) => isTruth(entry, beside)).map(({ name }) => name))
  const scans = files.filter((name) => scanEnding.test(name) && !/\.dcm$/i.test(name) && !truths.has(name))
  for (const name of scans) paths.push(join(folder, name))
  const others = files.filter((name) => !scanEnding.test(name) || /\.dcm$/i.test(name))
  if (await holdsDicom(folder, others)) paths.push(folder)
  for (const { name, isFolder } of beside) {
    if (isFolder && !truths.has(name)) await collect(join(folder, name), except, paths)
  }
}

async function holdsDicom(folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    // A link that leads nowhere or a file without permission is no DICOM file.
    const start = await readStart(join(folder, name), dicomStartBytes).catch(() => undefined)
    if (start !== undefined && isDicom(start)) return true
  }
  return false
}
