import { freemem } from 'node:os'
import { openThread } from '../../node/thread.ts'
import { type AnalyzedCase, analyzeCase, type CaseContext } from './analyze-case.ts'
import type { CaseWorkerSetting } from './case-worker.ts'
import type { CohortScan } from './cohort-scan.ts'

const workerModule = new URL('./case-worker', import.meta.url)

/** Memory (bytes) that a whole head may need, twice. */
const memoryPerScan = 1.5e9

/** Where several scans are analysed at a time. */
export interface Spread {
  /** Threads, each with a scan of its own. */
  readonly threads: number
  readonly modelFolder: string
}

/** Those that analyse the scans of a cohort, each one at a time. */
export interface Analysts {
  readonly analyze: readonly ((scan: CohortScan) => Promise<AnalyzedCase>)[]
  close(): Promise<void>
}

/**
 * A thread for each scan that is analysed at a time: so many work on scans of their own, which uses all processors where
 * several threads of one network leave them waiting. As many as memory is free for.
 * @param scans how many there are to analyse
 * @param spread left out: one scan at a time, in this thread
 */
export function openAnalysts(scans: number, context: CaseContext, spread?: Spread): Analysts {
  const count = Math.min(spread?.threads ?? 1, scans, Math.floor(freemem() / memoryPerScan))
  if (spread === undefined || count < 2) {
    return { analyze: [(scan) => analyzeCase(scan, context)], close: async () => {} }
  }
  const setting: CaseWorkerSetting = { modelFolder: spread.modelFolder, options: context.options }
  const threads = Array.from({ length: count }, () => openThread<CohortScan, AnalyzedCase>(workerModule, setting))
  const stop = (): void => {
    for (const thread of threads) thread.stop()
  }
  context.signal.addEventListener('abort', stop)
  return {
    analyze: threads.map((thread) => thread.ask),
    async close() {
      context.signal.removeEventListener('abort', stop)
      await Promise.all(threads.map((thread) => thread.close()))
    }
  }
}
