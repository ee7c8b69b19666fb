import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ResourceError } from '../../core/errors.ts'

/** Runs a step with a private folder of its own, which is removed afterwards whatever happens. */
export async function withTemporaryFolder<T>(step: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'otomark-')).catch((error: unknown) => {
    throw new ResourceError(`making a temporary folder in ${tmpdir()}: it cannot be written`, { cause: error })
  })
  try {
    return await step(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
