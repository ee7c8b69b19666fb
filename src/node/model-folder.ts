import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ModelError, OtomarkError } from '../core/errors.ts'
import { exists } from './exists.ts'
import { readBytes } from './read-file.ts'

/** A file as it lies on the disk, under the name it was read by. */
export interface ReadFile {
  readonly source: string
  readonly bytes: Uint8Array
}

/** The model that comes with otomark. */
export const defaultModelFolder = fileURLToPath(new URL('../../models/default', import.meta.url))

/**
 * Reads the two files of a model folder, `detector.onnx` and `segmenter.onnx` (`finder.onnx` and `outliner.onnx` in
 * folders of otomark 0.1).
 * @throws ModelError when one of them cannot be read
 *
 * @example
 * ```ts
 * import { defaultModelFolder, readModelFolder } from 'otomark/node'
 *
 * const { detector, segmenter } = await readModelFolder(defaultModelFolder)
 * console.log(detector.source, segmenter.bytes.length)
 * ```
 */
export async function readModelFolder(folder: string): Promise<{ detector: ReadFile; segmenter: ReadFile }> {
  const names = (await exists(join(folder, 'detector.onnx')))
    ? ['detector.onnx', 'segmenter.onnx']
    : await formerNames(folder)
  const [detector, segmenter] = names as [string, string]
  return { detector: await readModelFile(folder, detector), segmenter: await readModelFile(folder, segmenter) }
}

async function formerNames(folder: string): Promise<string[]> {
  return (await exists(join(folder, 'finder.onnx')))
    ? ['finder.onnx', 'outliner.onnx']
    : ['detector.onnx', 'segmenter.onnx']
}

async function readModelFile(folder: string, name: string): Promise<ReadFile> {
  const path = join(folder, name)
  try {
    return { source: path, bytes: await readBytes(path) }
  } catch (error) {
    if (!(error instanceof OtomarkError)) throw error
    throw new ModelError(folder, `${name} cannot be read; a model is a folder with detector.onnx and segmenter.onnx`, {
      cause: error
    })
  }
}
