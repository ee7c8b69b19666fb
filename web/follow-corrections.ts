import type { Session } from './run-analysis.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'
import type { EarEdit } from './worker/analyst.ts'

export interface Follower {
  /** Resolves when the worker knows the corrections as they are now. */
  settled(): Promise<void>
  stop(): void
}

/** How long nothing must change before intervals, flags and surfaces are made anew, ms. */
const rest = 350

/**
 * Keeps measurements in step with corrections: values at once, one request at a time and always the latest state;
 * intervals, flags and surfaces when the hand rests.
 */
export function followCorrections(store: Store, { analyst }: Session): Follower {
  let measuring = false
  let stale = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let concluding: Promise<void> = Promise.resolve()

  const measure = async (): Promise<void> => {
    stale = true
    if (measuring) return
    measuring = true
    try {
      while (stale) {
        stale = false
        const values = await analyst.measure(editsOf(store.state))
        if (store.state.phase === 'ready') store.dispatch({ type: 'measured', values })
      }
    } finally {
      measuring = false
    }
  }
  const conclude = async (): Promise<void> => {
    timer = undefined
    const asked = store.state
    const conclusion = await analyst.conclude(editsOf(asked), asked.log)
    if (sameEars(store.state, asked)) store.dispatch({ type: 'concluded', conclusion })
  }
  const report = (error: unknown): void => {
    if (store.state.phase !== 'ready') return
    const reason = error instanceof Error ? error.message : String(error)
    store.dispatch({ type: 'lost track', message: `The measurements could not follow the corrections: ${reason}` })
  }
  const stopListening = store.listen((state, before) => {
    if (state.phase !== 'ready' || before.phase !== 'ready' || sameEars(state, before)) return
    measure().catch(report)
    clearTimeout(timer)
    timer = setTimeout(() => {
      concluding = conclude()
      concluding.catch(report)
    }, rest)
  })
  return {
    async settled() {
      if (timer !== undefined) {
        clearTimeout(timer)
        concluding = conclude()
      }
      await concluding
    },
    stop() {
      clearTimeout(timer)
      stopListening()
    }
  }
}

function editsOf({ ears }: State): EarEdit[] {
  return ears.map(({ landmarks, painted, labels }) => ({ landmarks, ...(painted && { labels }) }))
}

function sameEars(a: State, b: State): boolean {
  return (
    a.ears.length === b.ears.length &&
    a.ears.every((ear, n) => ear.labels === b.ears[n]?.labels && ear.landmarks === b.ears[n]?.landmarks)
  )
}
