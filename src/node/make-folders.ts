import { lstatSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { InputError, ResourceError } from '../core/errors.ts'
import { errorCode } from '../io/file-error.ts'

/**
 * Makes a folder and those above it that are missing, level by level: Node's own recursive mkdir never ends where a file
 * system refuses a folder as if the one above it were not there, as /proc does. Where one cannot be made, none is left.
 * @returns the first folder that was made; undefined if all were there
 * @throws ResourceError or InputError for a folder that cannot be made in one that is there, or lies behind a link that
 * leads nowhere; the system's error for all else
 */
export function makeFolders(path: string): string | undefined {
  const made: string[] = []
  try {
    for (const folder of missingFolders(path)) if (makeOne(path, folder)) made.push(folder)
  } catch (error) {
    for (const folder of made.reverse()) removeQuietly(folder)
    throw error
  }
  return made[0]
}

/** What is no folder yet of a path, from above. */
function missingFolders(path: string): string[] {
  const missing: string[] = []
  for (let folder = resolve(path); !isFolder(folder) && dirname(folder) !== folder; folder = dirname(folder)) {
    missing.unshift(folder)
  }
  return missing
}

/** Whether a folder was made and not there already. The one above it is there. */
function makeOne(path: string, folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new ResourceError(`writing ${path}: no folder can be made there; choose another folder`, { cause: error })
    }
    if (errorCode(error) !== 'EEXIST') throw error
    // Another process was faster.
    if (isFolder(folder)) return false
    if (!lstatSync(folder).isSymbolicLink()) throw error
    throw new InputError(path, 'cannot be written: a part of the path is a link that leads nowhere', { cause: error })
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function removeQuietly(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something else lies there; it stays.
  }
}
