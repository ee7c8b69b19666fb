const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does something that ends in its own time when the user stops the program. */
export async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  for (const signal of signals) process.once(signal, onSignal)
  try {
    return await work(stop.signal)
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** Waits until the user stops the program. */
export function stopped(): Promise<void> {
  return untilStopped((signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())))
}
