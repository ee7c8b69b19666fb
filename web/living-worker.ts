import { type Remote, wrap } from 'comlink'
import { ResourceError } from '../src/core/errors.ts'

/** A worker of which what is asked fails where it ends by itself. */
export interface LivingWorker<Service> {
  readonly remote: Remote<Service>
  /** Resolves, with what is to be said of it, when the worker ends by itself. */
  readonly ended: Promise<Error>
  /** Ends it. @param reason what is asked of it then fails with; it is never answered without one */
  end(reason?: unknown): void
}

/** Watches a worker that shows that it lives (`worker/show-life.ts`); an error that nothing catches ends it, too. */
export function livingWorker<Service extends object>(worker: Worker): LivingWorker<Service> {
  const service = wrap<Service>(worker)
  const waiting = new Set<(reason: unknown) => void>()
  let over: { readonly reason?: unknown } | undefined
  let tell: (reason: Error) => void = () => {}
  const ended = new Promise<Error>((resolve) => {
    tell = resolve
  })

  const end = (reason?: unknown): void => {
    if (over !== undefined) return
    over = { reason }
    worker.terminate()
    if (reason !== undefined) for (const reject of waiting) reject(reason)
    waiting.clear()
  }
  const die = (message: string): void => {
    if (over !== undefined) return
    const reason = message === '' ? new ResourceError(silentEnd) : new Error(message)
    tell(reason)
    end(reason)
  }
  const ask = (name: string, values: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (over?.reason !== undefined) reject(over.reason)
      if (over !== undefined) return
      waiting.add(reject)
      const method = Reflect.get(service, name) as (...values: readonly unknown[]) => Promise<unknown>
      method(...values)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject))
    })

  worker.addEventListener('error', ({ message = '' }) => die(message))
  worker.addEventListener('message', ({ data }: MessageEvent<{ readonly alive?: string } | undefined>) => {
    // Granted when the worker, which holds it, is no more.
    if (data?.alive !== undefined) void navigator.locks.request(data.alive, () => die(''))
  })
  const remote = new Proxy(service, {
    // What is awaited is asked for `then`.
    get: (_, name) =>
      typeof name === 'symbol' || name === 'then' ? undefined : (...values: unknown[]) => ask(name, values)
  })
  return { remote, ended, end }
}

const silentEnd =
  'the worker of the page ended by itself, as where memory runs out; close other pages and programs and try again'
