import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ResourceError } from '../core/errors.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs a step with a private folder of its own, which is removed afterwards whatever happens, signals included. */
export async function withTemporaryFolder<T>(step: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'otomark-')).catch((error: unknown) => {
    throw new ResourceError(`making a temporary folder in ${tmpdir()}: it cannot be written`, { cause: error })
  })
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const onSignal = (signal: NodeJS.Signals): void => {
    remove()
    process.kill(process.pid, signal)
  }
  for (const signal of signals) process.once(signal, onSignal)
  process.once('exit', remove)
  try {
    return await step(folder)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
    process.off('exit', remove)
    remove()
  }
}
