import { type EarId, earAt } from '../ear-id.ts'
import type { EarState } from '../ear-state.ts'
import { openingBeside } from '../open-beside.ts'
import type { ScanInput } from '../scan-files.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import type { Comparison } from './comparison.ts'
import { foundComparison, labelComparison } from './of-one-scan.ts'
import { scanComparison } from './of-two-scans.ts'

/** Opens what the shown scan is compared with. What is under way, and what went wrong, is kept in a store of its own. */
export interface Comparing {
  /** How opening goes: working, failed, or empty again when the comparison is on show. */
  readonly opening: Store
  /** Another scan or a session of the same ear. */
  scan(input: ScanInput): Promise<void>
  /** Reference labels, or a result with labels, of the shown scan. */
  labels(input: ScanInput): Promise<void>
  /** The shown ears as they were found. */
  found(): Promise<void>
  /** Says which series of the other scan to read. */
  choose(uid: string): void
  cancel(): void
  end(): void
}

/** @param opening a store for what is being opened */
export function comparing(store: Store, opening: Store, shown: ScanOnShow): Comparing {
  const beside = openingBeside(store, opening)
  const begin = async (name: string, make: () => Promise<Comparison | undefined>): Promise<void> => {
    await beside.begin(name, make, (comparison) => {
      const ear = firstEar(store.state, comparison)
      if (ear === undefined) throw new Error('the scan was closed')
      store.dispatch({ type: 'compared', comparison, ear })
    })
  }
  return {
    opening,
    cancel: beside.cancel,
    choose: beside.choose,
    end() {
      beside.cancel()
      store.dispatch({ type: 'comparison ended' })
    },
    scan: (input) =>
      begin(input.name, () =>
        beside.scan(input, ({ analysisWorker }) =>
          scanComparison(input.name, store.state, opening.state, analysisWorker)
        )
      ),
    labels: ({ name, content }) =>
      begin(name, async () => {
        const analysisWorker = shown.session?.analysisWorker
        if (analysisWorker === undefined || typeof content === 'string') return undefined
        return labelComparison(name, store.state, await analysisWorker.readLabels(content), analysisWorker)
      }),
    found: () =>
      begin(store.state.scanName, async () => {
        const analysisWorker = shown.session?.analysisWorker
        return analysisWorker && foundComparison(store.state, analysisWorker)
      })
  }
}

/** The ear to begin with: the one pointed at last, or the first that can be compared. */
function firstEar({ ears, active, look }: State, comparison: Comparison): EarId | undefined {
  const isCompared = ({ id }: EarState): boolean => comparison.ears[id] !== undefined
  const wanted = look.ear === 'both' ? active : look.ear
  const able = ears.filter(isCompared).toSorted((a, b) => earAt(a.id) - earAt(b.id))
  return (able.find(({ id }) => id === wanted) ?? able[0])?.id
}
