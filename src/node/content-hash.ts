import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readError } from '../io/file-error.ts'

/**
 * SHA-256 of a file's bytes, or of the names and bytes of all files in a folder.
 * @throws InputError when something cannot be read
 */
export async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await addContent(hash, path)
  } catch (error) {
    throw readError(path, error)
  }
  return hash.digest('hex')
}

async function addContent(hash: Hash, path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    for (const name of (await readdir(path)).sort()) {
      hash.update(JSON.stringify(name))
      await addContent(hash, join(path, name))
    }
  } else for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer)
}
