import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { readError } from '../io/file-error.ts'
import { isPathPassedOver } from '../io/folder-entries.ts'

/** Files whose scan lies, wholly or in part, in the files beside them. */
const hasCompanions = /\.(mhd|nhdr|dcm|hdr|hdr\.gz|img|img\.gz)$/i

/**
 * The files that a scan may be read from: all in a folder, a file, or a file and those beside it where they may hold its voxels. What
 * is passed over when it is read does not count: a system may leave it there at any time.
 * @throws InputError when it cannot be read
 */
export async function inputFiles(path: string): Promise<string[]> {
  const failed = (error: unknown): never => {
    throw readError(path, error)
  }
  const isFolder = (await stat(path).catch(failed)).isDirectory()
  if (!isFolder && !hasCompanions.test(path)) return [path]
  const folder = isFolder ? path : dirname(path)
  const entries = await readdir(folder, { recursive: isFolder, withFileTypes: true }).catch(failed)
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file === join(path) || !isPathPassedOver(relative(folder, file)))
}
