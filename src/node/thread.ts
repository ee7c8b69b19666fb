import { type ResourceLimits, Worker, type WorkerOptions } from 'node:worker_threads'
import { type PortableError, unpackError } from '../core/portable-error.ts'
import { buffersIn } from './buffers-in.ts'

/** What a thread is sent. */
export type ThreadMessage = { readonly request: unknown } | 'stop'

/** Its replies, in the order of the requests. */
export type ThreadReply = { readonly result: unknown } | { readonly error: PortableError }

/** A thread that answers requests, one after another; both are plain data, whose arrays are moved, not copied. */
export interface Thread<Request, Result> {
  /**
   * Rejects with what the thread threw, or when it has ended.
   * @param request its arrays are empty afterwards
   */
  request(request: Request): Promise<Result>
  /** Aborts the signal of what it does. */
  stop(): void
  /** Ends it at once. */
  close(): Promise<unknown>
}

interface Pending<Result> {
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Starts a thread.
 * @param module URL, without its ending, of a module that calls `serveRequests`: `.js` once it is built, `.ts`, compiled by
 * tsx, where the sources themselves are run
 * @param workerData what the module finds in `workerData`
 * @param resourceLimits of its own memory; Node's defaults when left out
 */
export function openThread<Request, Result>(
  module: URL,
  workerData: unknown,
  resourceLimits: ResourceLimits = {}
): Thread<Request, Result> {
  const worker = startWorker(module, { workerData, resourceLimits })
  const pending: Pending<Result>[] = []
  let failure: unknown

  worker.on('message', (reply: ThreadReply) => {
    const first = pending.shift()
    if ('error' in reply) first?.reject(unpackError(reply.error))
    // The module serves what it is opened for.
    else first?.resolve(reply.result as Result)
  })
  worker.on('error', failAll)
  worker.on('exit', () => failAll(new Error('a thread of this process has ended')))

  function failAll(error: unknown): void {
    failure ??= error
    for (const { reject } of pending.splice(0)) reject(failure)
  }

  const send = (message: ThreadMessage): void => worker.postMessage(message, [...buffersIn(message)])
  return {
    request(request) {
      if (failure !== undefined) return Promise.reject(failure)
      const result = new Promise<Result>((resolve, reject) => pending.push({ resolve, reject }))
      // A result nobody waits for any more, after a stop, must not end the process.
      result.catch(() => {})
      send({ request })
      return result
    },
    stop: () => send('stop'),
    close: () => worker.terminate()
  }
}

function startWorker(module: URL, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${module.href}.js`), options)
  const register = `import { register } from '${import.meta.resolve('tsx/esm/api')}'; register()`
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(register)}`]
  return new Worker(new URL(`${module.href}.ts`), { ...options, execArgv })
}
