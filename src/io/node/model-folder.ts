import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ModelError, OtomarkError } from '../../core/errors.ts'
import { readError } from '../file-error.ts'

/** A file as it lies on the disk, under the name it was read by. */
export interface ReadFile {
  readonly source: string
  readonly bytes: Uint8Array
}

/** The model that comes with otomark. */
export const defaultModelFolder = fileURLToPath(new URL('../../../models/default', import.meta.url))

/**
 * Reads the two files of a model folder, `finder.onnx` and `outliner.onnx`.
 * @throws ModelError when one of them cannot be read
 */
export async function readModelFolder(folder: string): Promise<{ finder: ReadFile; outliner: ReadFile }> {
  return { finder: await readModelFile(folder, 'finder.onnx'), outliner: await readModelFile(folder, 'outliner.onnx') }
}

async function readModelFile(folder: string, name: string): Promise<ReadFile> {
  const path = join(folder, name)
  try {
    return { source: path, bytes: await readFile(path) }
  } catch (error) {
    const explained = readError(path, error)
    if (!(explained instanceof OtomarkError)) throw explained
    throw new ModelError(folder, `${name} cannot be read; a model is a folder with finder.onnx and outliner.onnx`, {
      cause: explained
    })
  }
}
