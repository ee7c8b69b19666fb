import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { decodeHeaderText } from '../io/decode-text.ts'
import { readError } from '../io/file-error.ts'
import { isPathPassedOver } from '../io/folder-entries.ts'
import { dataFileOf } from './data-file.ts'
import { readStart } from './read-file.ts'

/** Files whose scan lies, wholly or in part, in the files beside them. */
const hasCompanions = /\.(mhd|nhdr|dcm|hdr|hdr\.gz|img|img\.gz)$/i

/** A pair that shares its name: header and voxels of a NIfTI. */
const pairEnding = /\.(hdr|img)(\.gz)?$/i

/** The line of a MetaImage's or an NRRD's header that names the file of its voxels. */
const dataFileLine = /^[ \t]*(?:ElementDataFile[ \t]*=|data ?file:(?!=))[ \t]*(.*?)[ \t]*$/im

/** Headers are not looked through beyond these bytes. */
const longestHeader = 2 ** 16

/**
 * The files that a scan may be read from: all in a folder, a file, or a file and the one that holds its voxels; where that is not
 * plain, all beside it. What is passed over when it is read does not count: a system may leave it there at any time.
 * @throws InputError when it cannot be read
 */
export async function inputFiles(path: string): Promise<string[]> {
  const failed = (error: unknown): never => {
    throw readError(path, error)
  }
  const isFolder = (await stat(path).catch(failed)).isDirectory()
  if (!isFolder && !hasCompanions.test(path)) return [path]
  const companion = isFolder ? undefined : await companionOf(path)
  if (companion !== undefined && (await isFile(companion))) return [path, companion]
  const folder = isFolder ? path : dirname(path)
  const entries = await readdir(folder, { recursive: isFolder, withFileTypes: true }).catch(failed)
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file === join(path) || !isPathPassedOver(relative(folder, file)))
}

/** Where the rest of a scan should lie, by its name or its header. */
async function companionOf(path: string): Promise<string | undefined> {
  const pair = path.replace(pairEnding, (ending) => {
    const other = /hdr/i.test(ending) ? 'img' : 'hdr'
    return ending.replace(/hdr|img/i, (letters) => (letters === letters.toUpperCase() ? other.toUpperCase() : other))
  })
  if (pair !== path) return pair
  if (!/\.(mhd|nhdr)$/i.test(path)) return undefined
  const named = dataFileLine.exec(decodeHeaderText(await readStart(path, longestHeader)))?.[1]
  if (named === undefined) return undefined
  // A name that leads elsewhere is refused when the scan is read.
  const file = await dataFileOf(path, named)
  return file.startsWith(join(resolve(dirname(path)), sep)) ? file : undefined
}

/** Whether it is there, and no device, which could be read without end. */
function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false
  )
}
