import { holdSession } from './hold-session.ts'
import { latestOnly } from './latest.ts'
import type { Session } from './run-analysis.ts'
import type { Store } from './store.ts'
import { forgetSession, keepLog, readKept } from './worker/kept-sessions.ts'

/** What keeps a session. */
export interface Keeper {
  /** The scan was closed or replaced: it is kept no more. */
  forget(): void
  /** Leaves what is kept for later. @returns whether that is all there is */
  leave(): Promise<boolean>
}

/** A session that the browser keeps, or will keep, for this page alone. */
interface Own {
  readonly id: string
  readonly hasScan: boolean
  /** Whether it is another's, which another page has open, that is kept once more. */
  readonly isCopy: boolean
  letGo(): void
}

/**
 * Keeps the scan, what was found and every correction in the browser, so that a page that is left or reloaded can go on.
 * @param known the id of a scan that the browser keeps already; one that another page has open is kept once more
 */
export function keepSession(store: Store, { analysisWorker }: Session, known?: string): Keeper {
  const { scanName: name } = store.state
  let isForgotten = false
  let isLeft = false
  let own: Own | undefined
  const owning = ownSession(known).then((owned) => {
    own = owned
    return owned
  })

  const keep = latestOnly(async () => {
    const { id } = await owning
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
    const { id, hasScan, isCopy } = await owning
    if (isForgotten) return
    const text = `${name} is open in another tab, too: what is corrected here is kept apart.`
    if (isCopy) store.dispatch({ type: 'notice', text })
    if (!hasScan) await analysisWorker.keep(id, name)
    await keep()
    if (isForgotten || isLeft) return
    stopListening = store.listen((state, before) => {
      if (state.log !== before.log && state.phase === 'ready') keep().catch(refused)
    })
  }
  const begun = begin()
  begun.catch(refused)
  const forgetOwn = ({ id, letGo }: Own): void => void forgetSession(id).then(letGo)
  return {
    forget() {
      isForgotten = true
      stopListening()
      // At once where that can be, before the page lists what is kept.
      if (own !== undefined) forgetOwn(own)
      else owning.then(forgetOwn, () => {})
    },
    async leave() {
      isLeft = true
      stopListening()
      const isKept = await begun.then(keep).then(
        () => true,
        () => false
      )
      own?.letGo()
      return isKept
    }
  }
}

async function ownSession(known: string | undefined): Promise<Own> {
  const letGo = known === undefined ? undefined : await holdSession(known)
  if (known !== undefined && letGo !== undefined) {
    // The page that had it open may have closed it since it was read.
    return { id: known, hasScan: (await readKept(known)) !== undefined, isCopy: false, letGo }
  }
  const id = `${Date.now()}-${crypto.getRandomValues(new Uint32Array(1))[0]}`
  return { id, hasScan: false, isCopy: known !== undefined, letGo: (await holdSession(id)) ?? (() => {}) }
}
