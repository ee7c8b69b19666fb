import { open, readFile } from 'node:fs/promises'
import { readError } from '../file-error.ts'

/** The bytes of a file. @throws InputError if it cannot be read. */
export async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    throw readError(path, error)
  })
}

/** The first bytes of a file, at most `length` of them. @throws InputError if it cannot be read. */
export async function readStart(path: string, length: number): Promise<Uint8Array> {
  try {
    const file = await open(path)
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw readError(path, error)
  }
}
