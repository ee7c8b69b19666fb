/**
 * Work that is asked for again and again, of which only the latest state counts: it is done once at a time, and once
 * more if it was asked for meanwhile.
 * @returns asks for it; resolves when it has been done for the state as it was then, or a later one
 */
export function latestOnly(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let isStale = false
  const run = async (): Promise<void> => {
    while (isStale) {
      isStale = false
      await work()
    }
  }
  return () => {
    isStale = true
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
}
