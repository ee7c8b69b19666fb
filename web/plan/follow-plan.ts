import { latestOnly } from '../latest.ts'
import { explain } from '../run-analysis.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'
import type { PlanAnswer } from '../worker/answer-plan.ts'
import { isPlanCurrent } from './planning.ts'
import { requestedPlan } from './requested-plan.ts'

/** Keeps the plan in step with what is chosen and, when the hand rests, with corrections. */
export function followPlan(store: Store, scan: ScanOnShow): void {
  const planOnce = async (): Promise<void> => {
    const { result, planning } = store.state
    const { request } = requestedPlan(store.state)
    const { session } = scan
    if (isPlanCurrent(store.state) || !store.state.concluded) return
    if (result === null || request === null || session === undefined) return
    // The result goes along, so that the plan is of no other one.
    const answer: PlanAnswer | string = await session.measurementWorker.plan(result, request).catch(explain)
    store.dispatch({ type: 'planned', made: { choice: planning.choice, result, answer } })
  }
  let plan = latestOnly(planOnce)
  store.listen(({ phase, result, planning, concluded }, before) => {
    if (phase !== 'ready') return
    // What was asked of a worker that has ended is never answered.
    if (before.phase !== 'ready') plan = latestOnly(planOnce)
    const isSame =
      result === before.result && planning.choice === before.planning.choice && concluded === before.concluded
    if (!isSame) void plan()
  })
}
