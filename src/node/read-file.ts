import type { Stats } from 'node:fs'
import { type FileHandle, lstat, open, stat } from 'node:fs/promises'
import { InputError } from '../core/errors.ts'
import { errorCode, readError } from '../io/file-error.ts'
import { allocating } from '../io/voxels.ts'

/** Most bytes the system reads at once. */
const maxBytesAtOnce = 2 ** 30

/** The bytes of a file. @throws InputError if it cannot be read, ResourceError if there is not enough memory. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const { size } = await fileStatus(path)
  const bytes = allocating(path, size / 1e6, () => new Uint8Array(size))
  return reading(path, async (file) => {
    let filled = 0
    while (filled < size) {
      const { bytesRead } = await file.read(bytes, filled, Math.min(size - filled, maxBytesAtOnce), filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  })
}

/** The bytes of a file that need not be there; undefined when it is not. @throws as {@link readBytes}. */
export async function readBytesIfThere(path: string): Promise<Uint8Array | undefined> {
  return readBytes(path).catch((error: unknown) => {
    if (error instanceof InputError && errorCode(error.cause) === 'ENOENT') return undefined
    throw error
  })
}

/** The first bytes of a file, at most `length` of them. @throws InputError if it cannot be read. */
export async function readStart(path: string, length: number): Promise<Uint8Array> {
  await fileStatus(path)
  return reading(path, async (file) => {
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  })
}

/** What the system knows of a file or folder. @throws InputError if it is not there or a link that leads nowhere. */
export async function statusOf(path: string): Promise<Stats> {
  return stat(path).catch(async (error: unknown) => {
    const link = await lstat(path).catch(() => undefined)
    if (errorCode(error) !== 'ENOENT' || link?.isSymbolicLink() !== true) throw readError(path, error)
    throw new InputError(path, 'is a link that leads nowhere', { cause: error })
  })
}

/** A device or pipe, which a header may name as its data, could be read without end. */
async function fileStatus(path: string): Promise<{ readonly size: number }> {
  const status = await statusOf(path)
  if (status.isFile()) return status
  throw new InputError(path, status.isDirectory() ? 'is a folder, not a file' : 'is neither a file nor a folder')
}

async function reading<T>(path: string, step: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    const file = await open(path)
    try {
      return await step(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw readError(path, error)
  }
}
