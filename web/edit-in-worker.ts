import type { Remote } from 'comlink'
import type { EditName, LabelChange } from './corrections.ts'
import type { EarId } from './ear-id.ts'
import type { EarState } from './ear-state.ts'
import type { EditedEar } from './edit/edited-ear.ts'
import type { Look } from './look.ts'
import { explain } from './run-analysis.ts'
import type { ScanOnShow } from './scan-on-show.ts'
import type { Store } from './store.ts'
import type { MeasurementWorker } from './worker/analysis-worker.ts'

/**
 * Has a worker make a change to an ear's labels, since that takes longer than a frame, and puts it on record.
 * @param change asks the worker for it
 * @returns whether anything was changed, or went wrong, which the store then knows
 */
export async function changeInWorker(
  store: Store,
  scan: ScanOnShow,
  id: EarId,
  change: (measurementWorker: Remote<MeasurementWorker>, ear: EarState) => Promise<LabelChange | undefined>
): Promise<boolean> {
  const session = scan.session
  const earNow = (): EarState | undefined => store.state.ears.find((ear) => ear.id === id)
  for (let ear = earNow(); ear !== undefined && session !== undefined; ear = earNow()) {
    const made = await change(session.measurementWorker, ear).catch(explain)
    if (scan.session !== session) return true
    if (typeof made === 'string') {
      store.dispatch({ type: 'problem', message: made })
      return true
    }
    // What was painted meanwhile is no longer what the worker saw.
    if (earNow()?.labels !== ear.labels) continue
    if (made === undefined) return false
    store.dispatch({ type: 'changed', change: made, at: new Date().toISOString() })
    return true
  }
  return true
}

const nothing = new Uint8Array(0)

/** An ear without what an edit does not look at: all that is sent to a worker is copied. */
export function sentFor(
  { id, grid, labels, foundLabels, image }: EarState,
  how: EditName,
  { threshold }: Pick<Look, 'threshold'>
): EditedEar {
  const isWithin = how === 'grow' && threshold !== null
  return { id, grid, labels, foundLabels: how === 'restore' ? foundLabels : nothing, image: isWithin ? image : nothing }
}
