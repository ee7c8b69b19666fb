import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { InputError } from '../core/errors.ts'
import { isDicom } from '../io/dicom/header.ts'
import { errorCode, readError } from '../io/file-error.ts'
import { maxFiles } from '../io/zip.ts'
import { readStart } from './read-file.ts'

/** A file on the disk and what messages call it. */
export interface NamedFile {
  readonly path: string
  readonly name: string
}

/**
 * The DICOM files in a folder and, when `nested`, the folders in it, known by their content. Links to files are followed,
 * links to folders and links that lead nowhere are left out.
 * @throws InputError if the folder cannot be read or holds more files than {@link maxFiles}
 */
export async function findDicomFiles(folder: string, { nested = true } = {}): Promise<NamedFile[]> {
  const entries = await readdir(folder, { recursive: nested, withFileTypes: true }).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  if (paths.length > maxFiles) {
    throw new InputError(folder, `holds ${paths.length} files; choose the folder of one examination`)
  }
  const found: NamedFile[] = []
  for (const named of paths.sort()) {
    // ITK, which decodes the pixels, sees no more than the folder a file lies in: it cannot follow links itself.
    const path = await realpath(named).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw readError(named, error)
    })
    if (!path || !(await stat(path)).isFile()) continue
    if (isDicom(await readStart(path, 132))) found.push({ path, name: relative(folder, named) })
  }
  return found
}
