import { latestOnly } from './latest.ts'
import type { Session } from './run-analysis.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'
import type { EarEdit } from './worker/analysis-worker.ts'

export interface Follower {
  /** Resolves when the worker knows the corrections as they are now. */
  settled(): Promise<void>
  stop(): void
}

/** How long nothing must change before intervals, flags and surfaces are made anew, ms. */
const rest = 350

/**
 * Keeps measurements in step with corrections: values at once, by a worker that does nothing else; intervals, flags and
 * surfaces when the hand rests. Of both only the latest state is asked for.
 */
export function followCorrections(store: Store, { analysisWorker, measurementWorker }: Session): Follower {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false

  const measure = latestOnly(async () => {
    const values = await measurementWorker.measure(editsOf(store.state))
    if (!isStopped) store.dispatch({ type: 'measured', values })
  })
  const conclude = latestOnly(async () => {
    const asked = store.state
    const conclusion = await analysisWorker.conclude(editsOf(asked), asked.log)
    if (!isStopped && sameEars(store.state, asked)) store.dispatch({ type: 'concluded', conclusion })
  })
  const report = (error: unknown): void => {
    if (isStopped) return
    const reason = error instanceof Error ? error.message : String(error)
    store.dispatch({ type: 'problem', message: `The measurements could not follow the corrections: ${reason}` })
  }
  const concludeSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      conclude().catch(report)
    }, rest)
  }
  const stopListening = store.listen((state, before) => {
    if (state.phase !== 'ready' || before.phase !== 'ready' || sameEars(state, before)) return
    if (!sameMeasures(state, before)) measure().catch(report)
    concludeSoon()
  })
  // A session that was reopened comes with corrections that were not measured yet.
  if (!store.state.concluded) concludeSoon()
  return {
    async settled() {
      // What is changed meanwhile, as by Ctrl+Z, is waited for too.
      while (!store.state.concluded && !isStopped) {
        clearTimeout(timer)
        timer = undefined
        await conclude()
      }
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      stopListening()
    }
  }
}

function editsOf({ ears }: State): EarEdit[] {
  return ears.map(({ landmarks, painted, labels, implant }) => ({
    landmarks,
    ...(painted && { labels }),
    electrode: implant.correction
  }))
}

function sameEars(a: State, b: State): boolean {
  return sameMeasures(a, b) && a.ears.every(({ implant }, n) => implant.correction === b.ears[n]?.implant.correction)
}

/** Whether what is measured by the quick worker is the same: it knows of no electrode arrays. */
function sameMeasures(a: State, b: State): boolean {
  return (
    a.ears.length === b.ears.length &&
    a.ears.every((ear, n) => ear.labels === b.ears[n]?.labels && ear.landmarks === b.ears[n]?.landmarks)
  )
}
