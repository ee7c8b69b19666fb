import { openThread } from '../../node/thread.ts'
import { type AnalyzedCase, analyzeCase, type CaseContext } from './analyze-case.ts'
import type { CaseWorkerSetting } from './case-worker.ts'
import type { CohortScan } from './cohort-scan.ts'

const workerModule = new URL('./case-worker', import.meta.url)

/** Memory (bytes) that a whole head may need, twice. */
const memoryPerScan = 1.5e9

/** How several scans are analysed at a time. */
export interface WorkerOptions {
  /** Threads, each with a scan of its own. */
  readonly threads: number
  readonly modelFolder: string
}

/** What analyses the scans of a cohort, each one at a time. */
export interface CaseWorkers {
  readonly analyze: readonly ((scan: CohortScan) => Promise<AnalyzedCase>)[]
  close(): Promise<void>
}

/**
 * Threads that analyse one scan each, at the same time. This uses all processors, whereas several threads of one network leave them
 * partly idle. Their number is limited by the free memory.
 * @param scans how many there are to analyse
 * @param options left out: one scan at a time, in this thread
 */
export function openCaseWorkers(scans: number, context: CaseContext, options?: WorkerOptions): CaseWorkers {
  const count = Math.min(options?.threads ?? 1, scans, Math.floor(process.availableMemory() / memoryPerScan))
  if (options === undefined || count < 2) {
    return { analyze: [(scan) => analyzeCase(scan, context)], close: async () => {} }
  }
  const setting: CaseWorkerSetting = { modelFolder: options.modelFolder, options: context.options }
  const threads = Array.from({ length: count }, () => openThread<CohortScan, AnalyzedCase>(workerModule, setting))
  const stop = (): void => {
    for (const thread of threads) thread.stop()
  }
  context.signal.addEventListener('abort', stop)
  return {
    analyze: threads.map((thread) => thread.request),
    async close() {
      context.signal.removeEventListener('abort', stop)
      await Promise.all(threads.map((thread) => thread.close()))
    }
  }
}
