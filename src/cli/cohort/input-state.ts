import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Provenance } from '../../cases/case-record.ts'
import { readError } from '../../io/file-error.ts'
import { isPathPassedOver } from '../../io/folder-entries.ts'

/** Files whose scan lies, wholly or in part, in the files beside them. */
const hasCompanions = /\.(mhd|nhdr|dcm|hdr|hdr\.gz|img|img\.gz)$/i

/**
 * What shows, without reading it, that an input has not changed. What is passed over when it is read does not count: a
 * system may leave it there at any time.
 * @throws InputError when it cannot be read
 */
export async function inputState(path: string): Promise<Provenance['input']> {
  const failed = (error: unknown): never => {
    throw readError(path, error)
  }
  const isFolder = (await stat(path).catch(failed)).isDirectory()
  const folder = isFolder ? path : dirname(path)
  const entries =
    isFolder || hasCompanions.test(path)
      ? await readdir(folder, { recursive: isFolder, withFileTypes: true }).catch(failed)
      : undefined
  const paths = entries
    ?.filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file === join(path) || !isPathPassedOver(relative(folder, file)))
  const state = { files: 0, bytes: 0, modified: 0 }
  for (const file of paths ?? [path]) {
    const status = await stat(file).catch(() => undefined)
    if (status === undefined) continue
    state.files += 1
    state.bytes += status.size
    state.modified = Math.max(state.modified, status.mtimeMs)
  }
  return state
}
