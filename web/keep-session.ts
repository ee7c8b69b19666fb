import { latestOnly } from './latest.ts'
import type { Session } from './run-analysis.ts'
import type { Store } from './store.ts'
import { forgetSession, keepLog } from './worker/kept-sessions.ts'

/** What keeps a session. */
export interface Keeper {
  /** The scan was closed or replaced: it is kept no more. */
  forget(): void
  /** Leaves what is kept for later. @returns whether that is all there is */
  leave(): Promise<boolean>
}

/**
 * Keeps the scan, what was found and every correction in the browser, so that a page that is left or reloaded can go on.
 * @param known the id of a scan that the browser keeps already
 */
export function keepSession(store: Store, { analysisWorker }: Session, known?: string): Keeper {
  const id = known ?? `${Date.now()}-${crypto.getRandomValues(new Uint32Array(1))[0]}`
  const { scanName: name } = store.state
  let isForgotten = false
  let isLeft = false

  const keep = latestOnly(async () => {
    const { log } = store.state
    await keepLog({ id, name, at: new Date().toISOString(), log })
    if (isForgotten) await forgetSession(id)
    else store.dispatch({ type: 'kept', entries: log.length })
  })
  const refused = (error: unknown): void => {
    if (isForgotten || isLeft) return
    const reason = error instanceof Error ? error.message : String(error)
    const text = `${reason}. Save the session to a file (Export…) before you leave the page.`
    store.dispatch({ type: 'notice', text })
  }
  let stopListening = (): void => {}
  const begin = async (): Promise<void> => {
    if (known === undefined) await analysisWorker.keep(id, name)
    await keep()
    if (isForgotten || isLeft) return
    stopListening = store.listen((state, before) => {
      if (state.log !== before.log && state.phase === 'ready') keep().catch(refused)
    })
  }
  const begun = begin()
  begun.catch(refused)
  return {
    forget() {
      isForgotten = true
      stopListening()
      void forgetSession(id)
    },
    leave() {
      isLeft = true
      stopListening()
      return begun.then(keep).then(
        () => true,
        () => false
      )
    }
  }
}
