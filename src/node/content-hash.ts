import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { relative } from 'node:path'
import { readError } from '../io/file-error.ts'
import { inputFiles } from './input-files.ts'

/**
 * SHA-256 of the names and bytes of the files that a scan, or labels, may be read from. Where they lie does not count.
 * @throws InputError when something cannot be read
 */
export async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await inputFiles(path)).sort()) {
    hash.update(JSON.stringify(relative(path, file)))
    try {
      for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
    } catch (error) {
      throw readError(file, error)
    }
  }
  return hash.digest('hex')
}
