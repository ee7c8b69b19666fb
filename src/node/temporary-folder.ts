import { readdirSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ResourceError } from '../core/errors.ts'
import { isRunning, startOf } from './process-identity.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How a temporary folder is called: the process that made it, when that started, and mkdtemp's own letters. */
const named = /^otomark-(\d+)-(\d*)-[A-Za-z0-9]{6}$/

/**
 * Runs a step with a private folder of its own, which is removed afterwards whatever happens, signals included. What a
 * process that was killed left is removed by the next one.
 */
export async function withTemporaryFolder<T>(step: (folder: string) => Promise<T>): Promise<T> {
  sweepTemporaryFolders(tmpdir())
  const prefix = `otomark-${process.pid}-${startOf(process.pid)}-`
  const folder = await mkdtemp(join(tmpdir(), prefix)).catch((error: unknown) => {
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

/** Removes the temporary folders of processes that are gone. Those of other users stay: they cannot be removed. */
export function sweepTemporaryFolders(parent: string): void {
  try {
    for (const name of readdirSync(parent)) {
      const [, id, start = ''] = named.exec(name) ?? []
      if (id === undefined || isRunning(Number(id), start)) continue
      rmSync(join(parent, name), { recursive: true, force: true })
    }
  } catch {
    // Another process sweeps too, or the folder is another user's; nothing rests on it.
  }
}
