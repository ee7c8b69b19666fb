import { lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { ResourceError } from '../core/errors.ts'
import { errorCode } from '../io/file-error.ts'
import { isRunning, startOf } from './process-identity.ts'
import { writeError } from './write-file.ts'

const lockFile = '.otomark.lock'

/** A lock of another machine, whose processes cannot be asked for, is taken for left behind after this, in ms. */
const oldLock = 24 * 3600 * 1000

/** A lock without an owner is one that is just being written, or left by a full disk or a power loss; in ms. */
const beingWritten = 5000

/** Locks of this process, by their paths. */
const held = new Set<string>()

/**
 * Makes a folder this process's own until it is released or ends: two programs never write one set of files. A lock
 * that a dead process left does not hold.
 * @returns releases the lock
 * @throws ResourceError if another process writes there, or the system's error if the folder cannot be written
 */
export function lockFolder(folder: string): () => void {
  const lock = lockOrHolder(folder)
  if (typeof lock === 'string') throw inUse(folder, lock)
  return lock
}

/**
 * As {@link lockFolder}, with an error that a user understands where the folder cannot be written.
 * @returns lets other processes write there again
 * @throws ResourceError if another process writes there, or it cannot be written
 */
export function lockOutput(folder: string): () => void {
  try {
    return lockFolder(folder)
  } catch (error) {
    throw writeError(folder, error)
  }
}

/** As {@link lockFolder}; undefined where another process writes there, or was faster. */
export function lockUnlessHeld(folder: string): (() => void) | undefined {
  const lock = lockOrHolder(folder)
  return typeof lock === 'string' ? undefined : lock
}

/** What releases the lock, or the process that holds it, in words. */
function lockOrHolder(folder: string): (() => void) | string {
  const path = resolve(folder, lockFile)
  if (!tryLock(path)) {
    const holder = holderOf(path) ?? takeAway(folder, path)
    if (holder !== undefined) return holder
    if (!tryLock(path)) return holderOf(path) ?? 'another process'
  }
  held.add(path)
  const release = (): void => {
    process.off('exit', release)
    if (held.delete(path)) rmSync(path, { force: true })
  }
  // Before listeners that remove the folder, which must be empty then.
  process.prependOnceListener('exit', release)
  return release
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${hostname()} ${startOf(process.pid)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    if (errorCode(error) === 'ENOSPC') rmSync(path, { force: true })
    throw error
  }
}

/**
 * Removes a lock that holds no longer. It is renamed first: of two processes that do this at once one gets the old
 * lock, and the other either nothing or the new lock of the first, which it gives back.
 * @returns the process that holds the new lock; undefined where none does
 */
function takeAway(folder: string, path: string): string | undefined {
  const away = join(folder, `${lockFile}.${process.pid}`)
  try {
    renameSync(path, away)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const holder = holderOf(away)
  if (holder !== undefined) {
    renameSync(away, path)
    return holder
  }
  rmSync(away, { force: true })
  return undefined
}

function inUse(folder: string, holder: string): ResourceError {
  return new ResourceError(`writing ${folder}: ${holder} writes there; wait for it or choose another folder`)
}

/** The process that writes in a folder, in words; undefined where none does. */
export function folderHolder(folder: string): string | undefined {
  return holderOf(join(folder, lockFile))
}

/** Removes a lock whose process is known to be gone, such as one that ran on another machine. */
export function removeLock(folder: string): void {
  rmSync(join(folder, lockFile), { force: true })
}

/** The process that holds a lock, in words; undefined if it is gone. */
function holderOf(path: string): string | undefined {
  try {
    // A pipe of that name could be read without end.
    if (!lstatSync(path).isFile()) return undefined
    const age = Date.now() - statSync(path).mtimeMs
    const [id = '', host = '', start = ''] = readFileSync(path, 'utf8').trim().split(' ')
    if (!/^\d+$/.test(id) || host === '') return age < beingWritten ? 'another process' : undefined
    if (host !== hostname()) return age < oldLock ? `process ${id} on ${host}` : undefined
    if (Number(id) === process.pid) return held.has(resolve(path)) ? `process ${id}` : undefined
    return isRunning(Number(id), start) ? `process ${id}` : undefined
  } catch {
    return undefined
  }
}
