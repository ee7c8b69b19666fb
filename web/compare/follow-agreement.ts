import { latestOnly } from '../latest.ts'
import { explain } from '../run-analysis.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'

/** Keeps in step with corrections how the outlines of the compared ear agree, when the hand rests. */
export function followAgreement(store: Store, scan: ScanOnShow): void {
  const compute = async (): Promise<void> => {
    const { ears, look, comparison } = store.state
    const shown = ears.find(({ id }) => id === look.ear)
    const other = shown && comparison?.ears[shown.id]
    if (shown === undefined || other === undefined || other.labels === 'other grid') return
    const regions = await scan.session?.analysisWorker.agreement(
      shown.labels,
      other.ear.labels,
      shown.grid,
      other.labels
    )
    if (regions === undefined || store.state.comparison !== comparison) return
    store.dispatch({ type: 'agreed', agreement: { ear: shown.id, labels: shown.labels, regions } })
  }
  let agree = latestOnly(compute)
  let last: { readonly labels: Uint8Array; readonly other: Uint8Array } | undefined
  store.listen(({ comparison, concluded, ears, look }, before) => {
    // What was asked of a worker that has ended is never answered.
    if (comparison !== before.comparison) [agree, last] = [latestOnly(compute), undefined]
    const shown = ears.find(({ id }) => id === look.ear)
    const other = shown && comparison?.ears[shown.id]
    if (shown === undefined || other === undefined || !concluded) return
    const { labels } = shown
    if (last?.labels === labels && last.other === other.ear.labels) return
    last = { labels, other: other.ear.labels }
    agree().catch((error: unknown) => store.dispatch({ type: 'problem', message: explain(error) }))
  })
}
