import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { ResourceError } from '../core/errors.ts'
import { errorCode } from '../io/file-error.ts'

const lockFile = '.otomark.lock'

/** A lock of another machine, whose processes cannot be asked for, is taken for left behind after this, in ms. */
const oldLock = 24 * 3600 * 1000

/**
 * Makes a folder this process's own until it is released or ends: two programs never write one set of files. A lock
 * that a dead process left does not hold.
 * @returns releases the lock
 * @throws ResourceError if another process writes there, or the folder cannot be written
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockFile)
  const owner = `${process.pid} ${hostname()}\n`
  try {
    writeFileSync(path, owner, { flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    const holder = holderOf(path)
    if (holder !== undefined) {
      throw new ResourceError(`writing ${folder}: process ${holder} writes there; wait for it or choose another folder`)
    }
    rmSync(path, { force: true })
    return lockFolder(folder)
  }
  let held = true
  const release = (): void => {
    process.off('exit', release)
    if (held) rmSync(path, { force: true })
    held = false
  }
  // Before listeners that remove the folder, which must be empty then.
  process.prependOnceListener('exit', release)
  return release
}

/** The process that holds a lock; undefined if it is gone. */
function holderOf(path: string): string | undefined {
  try {
    const [id = '', host = ''] = readFileSync(path, 'utf8').trim().split(' ')
    if (!/^\d+$/.test(id)) return undefined
    if (host !== hostname()) return Date.now() - statSync(path).mtimeMs < oldLock ? `${id} on ${host}` : undefined
    return isAlive(Number(id)) ? id : undefined
  } catch {
    return undefined
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
