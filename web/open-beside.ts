import { followCorrections } from './follow-corrections.ts'
import { explain, type Run, runAnalysis, type Session } from './run-analysis.ts'
import type { ScanInput } from './scan-files.ts'
import type { Store } from './store.ts'

/**
 * Opens something beside the scan on show. What is under way, and what went wrong, is kept in a store of its own, so that
 * the scan on show stays as it is.
 */
export interface OpeningBeside {
  /** How it goes: working, failed, or empty again when it is done. */
  readonly opening: Store
  /**
   * Makes something and shows it, unless that was given up meanwhile.
   * @param make undefined where it failed and the opening store knows why
   * @returns whether it was shown
   */
  begin<Made>(
    name: string,
    make: () => Promise<Made | undefined>,
    show: (made: Made) => Promise<void> | void
  ): Promise<boolean>
  /**
   * Analyses another scan, or opens a session, in workers of its own, which end when it was used.
   * @returns undefined where it failed or was given up
   */
  scan<Made>(input: ScanInput, use: (session: Session) => Promise<Made>): Promise<Made | undefined>
  /** Says which series of the other scan to read. */
  choose(uid: string): void
  cancel(): void
}

/** @param opening a store for what is being opened */
export function openingBeside(store: Store, opening: Store): OpeningBeside {
  let run: Run | undefined
  /** Counts what was begun, so that what was given up never appears. */
  let turn = 0

  const cancel = (): void => {
    turn++
    run?.stop()
    run = undefined
    opening.dispatch({ type: 'closed' })
  }
  return {
    opening,
    cancel,
    choose: (uid) => run?.choose(uid),
    async begin(name, make, show) {
      cancel()
      const mine = turn
      opening.dispatch({ type: 'opening', name })
      try {
        const made = await make()
        if (mine !== turn || made === undefined) return false
        await show(made)
        opening.dispatch({ type: 'closed' })
        return true
      } catch (error) {
        if (mine === turn) opening.dispatch({ type: 'failed', message: explain(error) })
        return false
      }
    },
    async scan(input, use) {
      const started = runAnalysis(opening, input, store.state.preference, () => {})
      run = started
      const session = await started.session
      if (session === undefined) return undefined
      try {
        if (run !== started) return undefined
        opening.dispatch({ type: 'analysed', analysis: session.analysis })
        // A session may come with corrections that were not measured yet.
        const follower = followCorrections(opening, session)
        await follower.settled()
        follower.stop()
        return await use(session)
      } finally {
        session.end()
      }
    }
  }
}
