import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InputError } from '../core/errors.ts'
import { errorCode } from '../io/file-error.ts'
import { readJson } from '../io/json.ts'
import { exists } from '../node/exists.ts'
import { diskFiles } from '../node/file-access.ts'
import { decodeResult } from '../report/read-result.ts'
import type { AnalysisResult } from '../report/result.ts'

const resultFile = 'result.json'

/**
 * The result that a path names: its folder or its file.
 * @throws InputError where it names none, with what to name instead; as {@link decodeResult}
 */
export async function readGivenResult(path: string): Promise<AnalysisResult> {
  const status = await stat(path).catch(() => undefined)
  if (status === undefined) throw new InputError(path, 'cannot be read: there is no such file or folder')
  if (status.isDirectory() && !(await exists(join(path, resultFile)))) {
    throw new InputError(path, `holds no ${resultFile}; ${await whatToName(path)}`)
  }
  const file = status.isDirectory() ? join(path, resultFile) : path
  const value = await readJson(diskFiles, file).catch((error: unknown) => {
    // What is wrong with a text that should be JSON, or with reading any file, is worth more than that it is no result.
    if (/\.json$/i.test(file) || !(error instanceof InputError) || errorCode(error.cause) !== undefined) throw error
    return undefined
  })
  if (isResult(value)) return decodeResult(value, file)
  throw new InputError(file, `is no result of otomark; ${await whatToName(dirname(file), file)}`)
}

function isResult(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'otomark-result'
}

/** @param other a file in the folder that is no result */
async function whatToName(folder: string, other?: string): Promise<string> {
  const own = join(folder, resultFile)
  if (own !== other && (await exists(own))) return `name ${own}`
  for (const parent of [folder, join(folder, 'cases')]) {
    const names = await readdir(parent).catch(() => [])
    for (const name of names.sort()) {
      if (await exists(join(parent, name, resultFile))) return `name one of its cases, such as ${join(parent, name)}`
    }
  }
  return `name a ${resultFile}, or the folder that analyze wrote`
}
