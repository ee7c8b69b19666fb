import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { isDicom } from '../dicom/header.ts'
import { readError } from '../file-error.ts'
import { readStart } from './read-file.ts'

/** A file on the disk and what messages call it. */
export interface NamedFile {
  readonly path: string
  readonly name: string
}

/** Most files that are looked through; a folder with more is not one examination. */
export const mostFiles = 50_000

/**
 * The DICOM files in a folder and, when `nested`, the folders in it, known by their content. Links to folders are not followed.
 * @throws InputError if the folder cannot be read or holds more files than {@link mostFiles}
 */
export async function findDicomFiles(folder: string, { nested = true } = {}): Promise<NamedFile[]> {
  const entries = await readdir(folder, { recursive: nested, withFileTypes: true }).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  if (paths.length > mostFiles) {
    throw new InputError(folder, `holds ${paths.length} files; choose the folder of one examination`)
  }
  const found: NamedFile[] = []
  for (const path of paths.sort()) {
    if (isDicom(await readStart(path, 132))) found.push({ path, name: relative(folder, path) })
  }
  return found
}
