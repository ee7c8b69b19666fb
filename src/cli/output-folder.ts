import { mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { lstat, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { Files } from '../io/files.ts'
import { lockFolder } from '../node/folder-lock.ts'
import { makeFolders } from '../node/make-folders.ts'
import { isTemporary, writeError, writeFileAtomically } from '../node/write-file.ts'

/** How a hidden folder starts in which files wait for their names. */
const staging = '.otomark-'

/** A folder that gets all files of a result or none. */
export interface OutputFolder {
  /**
   * Puts the files there together, in place of older ones of the same names.
   * @param known names of files an older result may have; those that the new one lacks are removed
   */
  write(files: Files, known?: readonly string[]): Promise<void>
  /** Removes the folders that were made for this result and are still empty. So does the end of the process. */
  discard(): void
}

/**
 * Makes a folder for results and checks that files can be written there, so that this fails before the long work.
 * @throws ResourceError when the disk is full or may not be written, InputError when the path cannot be a folder
 */
export async function openOutputFolder(path: string): Promise<OutputFolder> {
  // In one go, so that no signal comes between making folders and knowing that they must be removed.
  let firstMade: string | undefined
  let unlock = (): void => {}
  try {
    firstMade = makeFolders(path)
    unlock = lockFolder(path)
    sweepStaging(path)
    rmdirSync(mkdtempSync(join(path, staging)))
  } catch (error) {
    unlock()
    removeEmpty(path, firstMade)
    throw writeError(path, error)
  }
  const discard = (): void => {
    process.off('exit', discard)
    unlock()
    removeEmpty(path, firstMade)
  }
  process.once('exit', discard)
  return {
    async write(files, known = []) {
      try {
        await writeTogether(path, files)
        await removeFiles(known.filter((name) => !Object.hasOwn(files, name)).map((name) => join(path, name)))
      } finally {
        unlock()
      }
      process.off('exit', discard)
    },
    discard
  }
}

/** Writes all files under a hidden folder first; they take their names only when all of them are on the disk. */
async function writeTogether(path: string, files: Files): Promise<void> {
  const hidden = await mkdtemp(join(path, staging)).catch((error: unknown) => {
    throw writeError(path, error)
  })
  const removeStaging = (): void => rmSync(hidden, { recursive: true, force: true })
  // Before the output folder itself, which must be empty to be removed.
  process.prependOnceListener('exit', removeStaging)
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeFileAtomically(join(hidden, name), content)
    }
    for (const name of Object.keys(files)) await assertReplaceable(join(path, name))
    for (const name of Object.keys(files)) {
      await rename(join(hidden, name), join(path, name)).catch((error: unknown) => {
        throw writeError(join(path, name), error)
      })
    }
  } finally {
    removeStaging()
    process.off('exit', removeStaging)
  }
}

/** Removes what a killed process had not yet given its names; the folder is locked, so that none is at work. */
function sweepStaging(path: string): void {
  for (const name of readdirSync(path)) {
    if (isTemporary(name) || /^\.otomark-[A-Za-z0-9]{6}$/.test(name)) {
      rmSync(join(path, name), { recursive: true, force: true })
    }
  }
}

async function removeFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await rm(path, { force: true }).catch((error: unknown) => {
      throw writeError(path, error)
    })
  }
}

/**
 * Makes sure that nothing but an older result would be replaced. Without the record that comes with every result, a file with the
 * name of a result's file belongs to the user, and so does a file of the record's name that otomark did not write.
 * @throws InputError naming such a file
 */
export async function assertOnlyResults(path: string, record: string, others: readonly string[]): Promise<void> {
  if (await isOwnRecord(join(path, record))) return
  for (const name of [record, ...others]) {
    if (await exists(join(path, name))) {
      throw new InputError(join(path, name), 'is no result of otomark and would be replaced; choose another folder')
    }
  }
}

/** Every record begins with its format. */
const recordStart = /^\s*\{\s*"format":\s*"otomark-/

/** Whether a file is a record that otomark wrote. */
export async function isOwnRecord(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return recordStart.test(text)
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}

/** A file cannot take the place of a folder; known before the first one takes its name. */
async function assertReplaceable(path: string): Promise<void> {
  const status = await lstat(path).catch(() => undefined)
  if (status?.isDirectory()) throw new InputError(path, 'cannot be written: it is a folder')
}

/** Removes empty folders from `path` up to the first one that was made on the way to it. */
function removeEmpty(path: string, firstMade: string | undefined): void {
  if (firstMade === undefined) return
  try {
    // rmdir refuses a folder that is not empty.
    for (let folder = resolve(path); folder.length >= resolve(firstMade).length; folder = dirname(folder)) {
      rmdirSync(folder)
    }
  } catch {
    // Something else lies there; it stays.
  }
}
