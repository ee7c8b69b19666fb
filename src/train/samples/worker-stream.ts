import { openThread, type Thread } from '../../node/thread.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { caseOfStep, slotOf } from './pool.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './stream.ts'
import type { SampleRequest, WorkerSetting } from './worker.ts'

type SampleThread = Thread<SampleRequest, PreparedSample | ValidationSample>

const workerModule = new URL('./worker', import.meta.url)

/** Samples ready beside the one in use, for each thread: enough to bridge the making of a new case. */
const aheadPerWorker = 4

/** Where the threads find their cases; see `CasesModule`. */
export interface WorkerCases {
  /** Of a module that exports `openCases`. */
  readonly module: URL
  /** What `openCases` gets: plain data. */
  readonly data?: unknown
  readonly heldOutCount: number
}

/**
 * Samples prepared in threads of their own while the engine computes, a few steps ahead: the same bits as
 * `prepareSamples` gives, in the same order, with any number of threads. Each thread has slots of the pool of its own,
 * so that a case is made once.
 */
export function prepareSamplesInWorkers(configuration: TrainingConfiguration, cases: WorkerCases): SampleStream {
  const { pool } = configuration
  const steps = configuration.steps * configuration.accumulation
  const count = Math.max(1, Math.min(configuration.workers, pool.size))
  const setting: WorkerSetting = { configuration, casesModule: cases.module.href, cases: cases.data }
  const threads = Array.from({ length: count }, (): SampleThread => openThread(workerModule, setting))
  const pending = new Map<number, Promise<PreparedSample>>()

  function requestTraining(index: number): Promise<PreparedSample> {
    const thread = threads[slotOf(pool, caseOfStep(pool, index)) % count] as SampleThread
    return thread.request({ kind: 'training', index }) as Promise<PreparedSample>
  }

  return {
    async training(step) {
      const last = Math.min(step + aheadPerWorker * count, steps - 1)
      for (let index = step; index <= last; index++) {
        if (!pending.has(index)) pending.set(index, requestTraining(index))
      }
      const prepared = pending.get(step)
      pending.delete(step)
      return prepared ?? Promise.reject(new RangeError(`step ${step} lies beyond the last, ${steps - 1}`))
    },
    async validation(index) {
      const thread = threads[index % count] as SampleThread
      return (await thread.request({ kind: 'validation', index })) as ValidationSample
    },
    validationCount: cases.heldOutCount,
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    }
  }
}
