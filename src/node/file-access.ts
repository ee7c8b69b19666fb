import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { FileAccess } from '../io/file-access.ts'
import { readError } from '../io/file-error.ts'
import { isPassedOver } from '../io/folder-entries.ts'
import { readBytes, readStart, statusOf } from './read-file.ts'

/** The files of this machine's disks. Links are followed. */
export const diskFiles: FileAccess = {
  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw readError(folder, error)
    })
    const seen = entries.filter(({ name }) => !isPassedOver(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
    return Promise.all(seen.map(async (entry) => ({ name: entry.name, isFolder: await isFolder(folder, entry) })))
  },
  async read(path, maxBytes = Number.POSITIVE_INFINITY) {
    const { size } = await statusOf(path)
    if (size > maxBytes) {
      throw new InputError(
        path,
        `is larger than such a file may be: ${size} bytes, at most ${maxBytes}; is it this one?`
      )
    }
    return readBytes(path)
  },
  readStart
}

/** A link that leads nowhere is a file, which then cannot be read. */
async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  const target = await stat(join(folder, entry.name)).catch(() => undefined)
  return target?.isDirectory() ?? false
}
