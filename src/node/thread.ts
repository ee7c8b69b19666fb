import { Worker } from 'node:worker_threads'
import { type PortableError, unpackError } from '../core/portable-error.ts'

/** What a thread is sent. */
export type ThreadMessage = { readonly request: unknown } | 'stop'

/** What it answers, in the order it was asked. */
export type ThreadReply = { readonly result: unknown } | { readonly error: PortableError }

/** A thread that answers requests, one after another; both are plain data. */
export interface Thread<Request, Result> {
  /** Rejects with what the thread threw, or when it has ended. */
  ask(request: Request): Promise<Result>
  /** Aborts the signal of what it does. */
  stop(): void
  /** Ends it at once. */
  close(): Promise<unknown>
}

interface Asked<Result> {
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Starts a thread.
 * @param module URL, without its ending, of a module that calls `serveRequests`: `.js` once it is built, `.ts`, compiled by
 * tsx, where the sources themselves are run
 * @param told its `workerData`
 */
export function openThread<Request, Result>(module: URL, told: unknown): Thread<Request, Result> {
  const worker = startWorker(module, told)
  const asked: Asked<Result>[] = []
  let failure: unknown

  worker.on('message', (reply: ThreadReply) => {
    const first = asked.shift()
    if ('error' in reply) first?.reject(unpackError(reply.error))
    // The module serves what it is opened for.
    else first?.resolve(reply.result as Result)
  })
  worker.on('error', failAll)
  worker.on('exit', () => failAll(new Error('a thread of this process has ended')))

  function failAll(error: unknown): void {
    failure ??= error
    for (const { reject } of asked.splice(0)) reject(failure)
  }

  const send = (message: ThreadMessage): void => worker.postMessage(message)
  return {
    ask(request) {
      if (failure !== undefined) return Promise.reject(failure)
      const answer = new Promise<Result>((resolve, reject) => asked.push({ resolve, reject }))
      // An answer nobody waits for any more, after a stop, must not end the process.
      answer.catch(() => {})
      send({ request })
      return answer
    },
    stop: () => send('stop'),
    close: () => worker.terminate()
  }
}

function startWorker(module: URL, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${module.href}.js`), { workerData })
  const register = `import { register } from '${import.meta.resolve('tsx/esm/api')}'; register()`
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(register)}`]
  return new Worker(new URL(`${module.href}.ts`), { workerData, execArgv })
}
