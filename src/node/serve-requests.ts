import { parentPort } from 'node:worker_threads'
import { packError } from '../core/portable-error.ts'
import { buffersIn } from './buffers-in.ts'
import type { ThreadMessage, ThreadReply } from './thread.ts'

/**
 * Answers the requests to this thread, one after another, in the order they came. The arrays of a result are moved to the
 * other thread, not copied: nothing here may still hold them.
 */
export function serveRequests<Request>(handle: (request: Request, signal: AbortSignal) => Promise<unknown>): void {
  const stop = new AbortController()
  const reply = (message: ThreadReply): void => parentPort?.postMessage(message, [...buffersIn(message)])
  let last = Promise.resolve()
  parentPort?.on('message', (message: ThreadMessage) => {
    if (message === 'stop') return stop.abort()
    last = last.then(async () => {
      try {
        // Whoever opens the thread sends the requests that its module serves.
        reply({ result: await handle(message.request as Request, stop.signal) })
      } catch (error) {
        reply({ error: packError(error) })
      }
    })
  })
}
