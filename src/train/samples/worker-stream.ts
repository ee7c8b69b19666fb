import { Worker } from 'node:worker_threads'
import type { TrainingConfiguration } from '../configuration.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './stream.ts'
import type { WorkerReply, WorkerRequest, WorkerSetting } from './worker.ts'

/** Samples ready beside the one in use: enough to bridge the drawing of a new case. */
const ahead = 4

interface Waiting {
  resolve(result: PreparedSample | ValidationSample): void
  reject(error: unknown): void
}

/**
 * Samples prepared in a thread of their own while the engine computes, a few steps ahead; the same bits as
 * `prepareSamples` gives.
 * @param casesModule a module that exports `openCases(configuration)`
 */
export function prepareSamplesInWorker(configuration: TrainingConfiguration, casesModule: URL): SampleStream {
  const worker = startWorker({ configuration, casesModule: casesModule.href })
  const waiting = new Map<string, Waiting>()
  const asked = new Map<number, Promise<PreparedSample>>()
  let failure: unknown

  worker.on('message', (reply: WorkerReply) => {
    const key = keyOf(reply.request)
    const entry = waiting.get(key)
    waiting.delete(key)
    if ('error' in reply) entry?.reject(reply.error)
    else entry?.resolve(reply.result)
  })
  worker.on('error', (error) => failAll(error))
  worker.on('exit', () => failAll(new Error('the thread that prepares samples has ended')))

  function failAll(error: unknown): void {
    failure ??= error
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }

  function ask(request: WorkerRequest): Promise<PreparedSample | ValidationSample> {
    if (failure !== undefined) return Promise.reject(failure)
    const answer = new Promise<PreparedSample | ValidationSample>((resolve, reject) => {
      waiting.set(keyOf(request), { resolve, reject })
    })
    // An answer nobody waits for any more, after a stop, must not end the process.
    answer.catch(() => {})
    worker.postMessage(request)
    return answer
  }

  return {
    async training(step) {
      const last = Math.min(step + ahead, configuration.steps - 1)
      for (let index = step; index <= last; index++) {
        if (!asked.has(index)) {
          asked.set(index, ask({ kind: 'training', index }) as Promise<PreparedSample>)
        }
      }
      const prepared = asked.get(step)
      asked.delete(step)
      return prepared ?? Promise.reject(new RangeError(`step ${step} lies beyond the last, ${configuration.steps - 1}`))
    },
    async validation(index) {
      return (await ask({ kind: 'validation', index })) as ValidationSample
    },
    async close() {
      await worker.terminate()
    }
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
