import { type Follower, followCorrections } from './follow-corrections.ts'
import { type Keeper, keepSession } from './keep-session.ts'
import { explain, type Run, runAnalysis, type Session, sendEars } from './run-analysis.ts'
import type { ScanInput } from './scan-files.ts'
import type { Store } from './store.ts'
import type { Analysis } from './worker/analysis-worker.ts'

/** The scan on show and the one that is being opened. */
export interface ScanOnShow {
  /** Opens another; what is shown stays until that is read. */
  open(input: ScanInput): Promise<void>
  /** Says which series of the scan that is being opened to read. */
  choose(uid: string): void
  /** Gives up opening or analysing. */
  cancel(): void
  close(): Promise<void>
  /** Shows its labyrinths as its worker has taken them from a scan before surgery. */
  outlineAnew(analysis: Analysis): Promise<void>
  /** The workers of what is shown. */
  readonly session: Session | undefined
  /** Resolves when the workers know the corrections as they are now. */
  settled(): Promise<void>
}

/** @param mayLose asks a person where corrections would be lost; whether to go on */
export function scanOnShow(store: Store, mayLose: () => Promise<boolean>): ScanOnShow {
  let run: Run | undefined
  let shown: { readonly session: Session; readonly follower: Follower; readonly keeper: Keeper } | undefined

  const stop = (): void => {
    run?.stop()
    run = undefined
  }
  const end = (): void => {
    shown?.follower.stop()
    shown?.session.end()
    shown?.keeper.forget()
    shown = undefined
  }
  const show = (session: Session, known?: string): void => {
    const keeper = keepSession(store, session, known)
    shown = { session, follower: followCorrections(store, session), keeper }
  }
  /** Nothing can be done with what is shown any more: it goes, to be opened again. */
  const lose = async (session: Session, reason: Error): Promise<void> => {
    if (shown?.session !== session) return
    const { follower, keeper } = shown
    follower.stop()
    const isKept = await keeper.leave()
    // The scan was closed meanwhile.
    if (shown?.session !== session) return
    shown = undefined
    const next = isKept ? 'Go on with it below: the browser keeps it with its corrections.' : 'Open it again.'
    store.dispatch({ type: 'lost', message: `${store.state.scanName} was closed: ${explain(reason)}. ${next}` })
  }
  return {
    async open(input) {
      if (!(await mayLose())) return
      stop()
      const started = runAnalysis(store, input, store.state.preference, end)
      run = started
      const session = await started.session
      if (run !== started || session === undefined) return session?.end()
      store.dispatch({ type: 'analysed', analysis: session.analysis })
      const kept = typeof input.content === 'string' ? input.content : undefined
      // Corrections that a file came with are saved in it.
      if (kept === undefined) store.dispatch({ type: 'saved', entries: session.analysis.log.length })
      show(session, kept)
      void session.ended.then((reason) => lose(session, reason))
    },
    choose: (uid) => run?.choose(uid),
    cancel() {
      stop()
      store.dispatch({ type: 'cancelled' })
    },
    async close() {
      if (!(await mayLose())) return
      stop()
      end()
      store.dispatch({ type: 'closed' })
    },
    async outlineAnew(analysis) {
      if (shown === undefined) return
      const { session, follower, keeper } = shown
      // What is corrected from now on is a correction of outlines that go.
      follower.stop()
      await session.analysisWorker.adopt()
      await sendEars(session)
      // The scan was closed meanwhile.
      if (shown?.session !== session) return
      keeper.forget()
      store.dispatch({ type: 'outlined anew', analysis })
      show(session)
    },
    get session() {
      return shown?.session
    },
    settled: async () => shown?.follower.settled()
  }
}
