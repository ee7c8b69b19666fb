import { transfer } from 'comlink'
import { UsageError } from '../src/core/errors.ts'
import { earSides } from './ear-sides.ts'
import { openingBeside } from './open-beside.ts'
import type { ScanInput } from './scan-files.ts'
import type { ScanOnShow } from './scan-on-show.ts'
import { keptBeforeSurgery, type State } from './state.ts'
import type { Store } from './store.ts'
import type { Analysis } from './worker/analysis-worker.ts'

/** Takes the labyrinth of the scan on show from one before surgery. */
export interface TakingBefore {
  /** How it goes: working, failed, or empty again when the labyrinth is on show. */
  readonly opening: Store
  /** @returns whether it was taken */
  take(input: ScanInput): Promise<boolean>
  /** Says which series of the scan before surgery to read. */
  choose(uid: string): void
  cancel(): void
}

/**
 * @param opening a store for what is being opened
 * @param mayLose asks a person where so many corrections would be lost; whether to go on
 */
export function takingBefore(
  store: Store,
  opening: Store,
  shown: ScanOnShow,
  mayLose: (lost: number) => Promise<boolean>
): TakingBefore {
  const { begin, scan, choose, cancel } = openingBeside(store, opening)
  const taken = (input: ScanInput): Promise<Analysis | undefined> =>
    scan(input, async ({ analysisWorker: before }) => {
      assertSameSide(input.name, opening.state, store.state)
      const after = shown.session?.analysisWorker
      if (after === undefined) throw new Error('the scan was closed')
      opening.dispatch({ type: 'progress', event: { stage: 'registering the bone', done: 0, total: 1 } })
      await shown.settled()
      const { port1, port2 } = new MessageChannel()
      const [analysis] = await Promise.all([
        after.takeBefore(transfer(port1, [port1])),
        before.sendBefore(transfer(port2, [port2]), input.name, opening.state.log)
      ])
      return analysis
    })
  return {
    opening,
    choose,
    cancel,
    async take(input) {
      if (!(await mayLose(lostBySurgery(store.state)))) return false
      return begin(input.name, () => taken(input), shown.outlineAnew)
    }
  }
}

/** How many corrections that no file has a labyrinth from before surgery takes the place of. */
function lostBySurgery({ log, saved }: State): number {
  const unsaved = log.slice(saved)
  return unsaved.length - keptBeforeSurgery(unsaved).length
}

function assertSameSide(name: string, before: State, after: State): void {
  if (after.ears.some(({ side }) => before.ears.some((ear) => ear.side === side))) return
  throw new UsageError(
    `${name}: shows ${earSides(before.ears)}, the scan on show ${earSides(after.ears)}; choose the scan before surgery of the same ear`
  )
}
