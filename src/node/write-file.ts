import { randomUUID } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError, ResourceError } from '../core/errors.ts'
import { errorCode, isSystemError } from '../io/file-error.ts'
import { makeFolders } from './make-folders.ts'

/**
 * Writes a file so that its name never shows half of it: the bytes go to a temporary file in the same folder, are
 * flushed to the disk, and take the name by renaming. Neither a failure nor the end of the process, such as by Ctrl+C,
 * leaves the temporary file behind.
 * @throws ResourceError when the disk is full or may not be written, InputError when the folder is not there.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  const removeAtExit = (): void => rmSync(temporary, { force: true })
  process.once('exit', removeAtExit)
  try {
    // Made at once: a file still being made by another thread at the end of the process would be left behind.
    writeFileSync(temporary, '', { flag: 'wx' })
    const file = await open(temporary, 'r+')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw writeError(path, error)
  } finally {
    process.off('exit', removeAtExit)
  }
}

/** Whether a file's name is that of a temporary file of {@link writeFileAtomically}, which a killed process leaves. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/.test(name)
}

/** Removes what killed processes left in a folder that is one program's own. What cannot be removed stays. */
export async function sweepTemporary(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.filter(isTemporary).map((name) => rm(join(folder, name), { force: true }).catch(() => {})))
}

/** Makes an output folder and those above it. @throws as {@link writeFileAtomically}. */
export async function makeFolder(path: string): Promise<void> {
  try {
    makeFolders(path)
  } catch (error) {
    throw writeError(path, error)
  }
}

/** What a failed write to `path` means to the user; errors that are no file errors are returned as they are. */
export function writeError(path: string, error: unknown): unknown {
  const cause = { cause: error }
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ResourceError(`writing ${path}: the disk is full; free some space or choose another folder`, cause)
    case 'EACCES':
    case 'EPERM':
      return new ResourceError(`writing ${path}: no permission to write there; choose another folder`, cause)
    case 'EROFS':
      return new ResourceError(`writing ${path}: the file system is read-only; choose another folder`, cause)
    case 'EMFILE':
    case 'ENFILE':
      return new ResourceError(`writing ${path}: too many open files; close other programs`, cause)
    case 'EIO':
      return new ResourceError(`writing ${path}: the disk reports an error; choose another folder`, cause)
    case 'ENAMETOOLONG':
      return new InputError(path, 'cannot be written: the name is too long; choose a shorter one', cause)
    case 'ELOOP':
      return new InputError(path, 'cannot be written: its links run in a circle; choose another folder', cause)
    case 'ENOTDIR':
    case 'EEXIST':
      return new InputError(
        path,
        'cannot be written: a part of the path is a file, not a folder; choose another path',
        cause
      )
    case 'EISDIR':
      return new InputError(path, 'cannot be written: it is a folder; choose another name', cause)
    case 'ENOENT':
      return existsSync(dirname(path))
        ? new ResourceError(`writing ${path}: no file can be made there; choose another folder`, cause)
        : new InputError(path, 'cannot be written: the folder does not exist; make it first', cause)
    case 'ENOMEM':
      return new ResourceError(`writing ${path}: memory ran out; close other programs`, cause)
    default:
      return isSystemError(error)
        ? new ResourceError(`writing ${path}: the system says ${errorCode(error)}; choose another folder`, cause)
        : error
  }
}
