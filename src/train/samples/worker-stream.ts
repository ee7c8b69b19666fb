import { Worker } from 'node:worker_threads'
import { unpackError } from '../../core/portable-error.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { caseOfStep, slotOf } from './pool.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './stream.ts'
import type { WorkerReply, WorkerRequest, WorkerSetting } from './worker.ts'

/** Samples ready beside the one in use, for each thread: enough to bridge the drawing of a new case. */
const aheadPerWorker = 4

/** Where the threads find their cases; see `CasesModule`. */
export interface WorkerCases {
  /** Of a module that exports `openCases`. */
  readonly module: URL
  /** What it is told: plain data. */
  readonly told?: unknown
  readonly heldOutCount: number
}

/**
 * Samples prepared in threads of their own while the engine computes, a few steps ahead: the same bits as
 * `prepareSamples` gives, in the same order, with any number of threads. Each thread has slots of the pool of its own,
 * so that a case is drawn once.
 */
export function prepareSamplesInWorkers(configuration: TrainingConfiguration, cases: WorkerCases): SampleStream {
  const { pool } = configuration
  const steps = configuration.steps * configuration.accumulation
  const count = Math.max(1, Math.min(configuration.workers, pool.size))
  const setting = { configuration, casesModule: cases.module.href, cases: cases.told }
  const threads = Array.from({ length: count }, () => startThread(setting))
  const asked = new Map<number, Promise<PreparedSample>>()

  function askTraining(index: number): Promise<PreparedSample> {
    const thread = threads[slotOf(pool, caseOfStep(pool, index)) % count] as SampleThread
    return thread.ask({ kind: 'training', index }) as Promise<PreparedSample>
  }

  return {
    async training(step) {
      const last = Math.min(step + aheadPerWorker * count, steps - 1)
      for (let index = step; index <= last; index++) {
        if (!asked.has(index)) asked.set(index, askTraining(index))
      }
      const prepared = asked.get(step)
      asked.delete(step)
      return prepared ?? Promise.reject(new RangeError(`step ${step} lies beyond the last, ${steps - 1}`))
    },
    async validation(index) {
      const thread = threads[index % count] as SampleThread
      return (await thread.ask({ kind: 'validation', index })) as ValidationSample
    },
    validationCount: cases.heldOutCount,
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    }
  }
}

interface SampleThread {
  ask(request: WorkerRequest): Promise<PreparedSample | ValidationSample>
  close(): Promise<unknown>
}

interface Waiting {
  resolve(result: PreparedSample | ValidationSample): void
  reject(error: unknown): void
}

function startThread(setting: WorkerSetting): SampleThread {
  const worker = startWorker(setting)
  const waiting = new Map<string, Waiting>()
  let failure: unknown

  worker.on('message', (reply: WorkerReply) => {
    const key = keyOf(reply.request)
    const entry = waiting.get(key)
    waiting.delete(key)
    if ('error' in reply) entry?.reject(unpackError(reply.error))
    else entry?.resolve(reply.result)
  })
  worker.on('error', (error) => failAll(error))
  worker.on('exit', () => failAll(new Error('a thread that prepares samples has ended')))

  function failAll(error: unknown): void {
    failure ??= error
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }

  return {
    ask(request) {
      if (failure !== undefined) return Promise.reject(failure)
      const answer = new Promise<PreparedSample | ValidationSample>((resolve, reject) => {
        waiting.set(keyOf(request), { resolve, reject })
      })
      // An answer nobody waits for any more, after a stop, must not end the process.
      answer.catch(() => {})
      worker.postMessage(request)
      return answer
    },
    close: () => worker.terminate()
  }
}

function keyOf({ kind, index }: WorkerRequest): string {
  return `${kind} ${index}`
}

/** Runs worker.js beside this file, or worker.ts through tsx where the sources themselves are run. */
function startWorker(setting: WorkerSetting): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./worker.js', import.meta.url), { workerData: setting })
  }
  const register = `import { register } from '${import.meta.resolve('tsx/esm/api')}'; register()`
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(register)}`]
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData: setting, execArgv })
}
