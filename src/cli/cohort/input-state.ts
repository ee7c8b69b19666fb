import { stat } from 'node:fs/promises'
import type { Provenance } from '../../cases/case-record.ts'
import { inputFiles } from '../../node/input-files.ts'

/** What shows, without reading it, that an input has not changed. @throws InputError when it cannot be read */
export async function inputState(path: string): Promise<Provenance['input']> {
  const state = { files: 0, bytes: 0, modified: 0 }
  for (const file of await inputFiles(path)) {
    const status = await stat(file).catch(() => undefined)
    if (status === undefined) continue
    state.files += 1
    state.bytes += status.size
    state.modified = Math.max(state.modified, status.mtimeMs)
  }
  return state
}
