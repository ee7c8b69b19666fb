import type { Side } from '../../src/core/anatomy.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { PlanAnswer } from '../worker/answer-plan.ts'

/** What a person chose in the panel. A number is `NaN` where its field holds none. */
export interface PlanChoice {
  /** Ids of arrays. */
  readonly arrays: readonly string[]
  /** mm inside the cochlea; null: as far as each array goes. */
  readonly insertion: number | null
  /** Where the most apical contact is to lie: ° or % of the duct; null without a target. */
  readonly target: { readonly unit: 'angle' | 'percent'; readonly value: number } | null
}

/** A plan, with the choice and the result that it was made of. */
export interface MadePlan {
  readonly choice: PlanChoice
  readonly result: AnalysisResult
  /** Or why there is none, in a sentence. */
  readonly answer: PlanAnswer | string
}

/** What is chosen, and what was planned last. */
export interface Planning {
  readonly choice: PlanChoice
  readonly made: MadePlan | null
  /** The array, by its id, whose contacts are drawn in the views. */
  readonly drawn: string | null
}

export const nothingPlanned: Planning = {
  choice: { arrays: [], insertion: null, target: null },
  made: null,
  drawn: null
}

/** What a plan depends on in the page's state. */
interface PlannedOn {
  readonly result: AnalysisResult | null
  readonly concluded: boolean
  readonly planning: Planning
}

/** Whether the plan was made of what is chosen now and of the ears as they are now. */
export function isPlanCurrent({ planning: { choice, made }, result, concluded }: PlannedOn): boolean {
  return concluded && made !== null && made.choice === choice && made.result === result
}

/** Where the contacts of the array that is drawn would lie in an ear, LPS mm; none of a plan that is out of date. */
export function drawnContacts(state: PlannedOn, side: Side): readonly Vector3[] {
  const { made, drawn } = state.planning
  if (drawn === null || made === null || typeof made.answer === 'string' || !isPlanCurrent(state)) return []
  const arrays = made.answer.plan.ears.find((ear) => ear.side === side)?.arrays
  const contacts = arrays?.find(({ array }) => array.id === drawn)?.contacts ?? []
  return contacts.flatMap(({ inside }) => (inside === undefined ? [] : [inside.position]))
}

/** Whether the views may show other planned contacts than before. */
export function isDrawnAnew(now: PlannedOn, before: PlannedOn): boolean {
  return now.planning !== before.planning || now.concluded !== before.concluded || now.result !== before.result
}
