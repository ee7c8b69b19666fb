import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { InputError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import { dicomAmong, dicomStartBytes } from '../io/dicom/is-dicom.ts'
import { errorCode, readError } from '../io/file-error.ts'
import { isPathPassedOver } from '../io/folder-entries.ts'
import { maxFiles } from '../io/zip.ts'
import { readStart } from './read-file.ts'

/** A file on the disk and what messages call it. */
export interface NamedFile {
  readonly path: string
  readonly name: string
}

/**
 * The DICOM files in a folder and, when `nested`, the folders in it, known by their content; and those that should be
 * some by their names (`dicomAmong`). Links to files are followed,
 * links to folders, links that lead nowhere and what a system keeps there are left out.
 * @throws InputError if the folder cannot be read or holds more files than {@link maxFiles}
 */
export async function findDicomFiles(folder: string, { nested = true } = {}): Promise<NamedFile[]> {
  const entries = await readdir(folder, { recursive: nested, withFileTypes: true }).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink())
  const paths = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isPathPassedOver(relative(folder, path)))
  if (paths.length > maxFiles) {
    throw new InputError(folder, `holds ${paths.length} files; choose the folder of one examination`)
  }
  const found: (NamedFile & { readonly start: Uint8Array })[] = []
  for (const path of paths.sort()) {
    const status = await stat(path).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw readError(path, error)
    })
    if (status?.isFile() !== true) continue
    const start = await readStart(path, dicomStartBytes)
    found.push({ path, name: printable(relative(folder, path)), start })
  }
  return dicomAmong(found).map(({ path, name }) => ({ path, name }))
}
