import type { Side } from '../../src/core/anatomy.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { ElectrodeArray } from '../../src/electrode/array.ts'
import type { PlanRequest } from '../../src/report/plan/plan-file.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { PlanAnswer } from '../worker/answer-plan.ts'

/** What a person chose in the panel. A number is `NaN` where its field holds none. */
export interface PlanChoice {
  /** Ids of arrays. */
  readonly arrays: readonly string[]
  /** mm inside the cochlea; null for as far as each array goes. */
  readonly insertion: number | null
  /** Where the most apical contact is to lie: ° or % of the duct; null where none is given. */
  readonly target: { readonly unit: 'angle' | 'percent'; readonly value: number } | null
}

/** A plan, of what it was chosen and on which result it stands. */
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

/** What of the page's state a plan depends on. */
interface PlannedOn {
  readonly result: AnalysisResult | null
  readonly concluded: boolean
  readonly arrays: readonly ElectrodeArray[]
  readonly planning: Planning
}

/** What is asked for, as the command line would be asked; null where nothing can be planned. */
export interface PlanOffer {
  readonly request: PlanRequest | null
  /** Why not, or which arrays are left out and why, as sentences. */
  readonly remarks: readonly string[]
}

/** The most that can be asked for, as on the command line. */
export const planLimits = { insertion: 50, angle: 1080, percent: 100 } as const

export function offeredPlan({ result, arrays, planning: { choice } }: PlannedOn): PlanOffer {
  const chosen = arrays.filter(({ id }) => choice.arrays.includes(id))
  if (chosen.length === 0 || result === null) return { request: null, remarks: [] }
  if (result.ears.every(({ duct }) => duct === undefined)) {
    return refused('Nothing is planned: the turns of the cochlea were not seen in the scan.')
  }
  const { insertion, target } = choice
  if (insertion !== null && !isWithin(insertion, planLimits.insertion)) {
    return refused(`Give an insertion of more than 0 and at most ${planLimits.insertion} mm.`)
  }
  if (target !== null && !isWithin(target.value, planLimits[target.unit])) {
    const [name, unit] = target.unit === 'angle' ? ['an angle', '°'] : ['a coverage', '%']
    return refused(`Give ${name} of more than 0 and at most ${planLimits[target.unit]} ${unit}.`)
  }
  const remarks = chosen.map((array) => ({ array, why: whyNot(array, insertion) }))
  const planned = remarks.flatMap(({ array, why }) => (why === undefined ? [array] : []))
  const request: PlanRequest = {
    arrays: planned,
    ...(insertion !== null && { insertion }),
    ...(target !== null && {
      target: target.unit === 'angle' ? { angle: target.value } : { percent: target.value }
    })
  }
  return {
    request: planned.length === 0 ? null : request,
    remarks: remarks.flatMap(({ why }) => (why === undefined ? [] : [why]))
  }
}

/** Whether the plan is of what is chosen now and of the ears as they are now. */
export function isPlanCurrent({ planning: { choice, made }, result, concluded }: Omit<PlannedOn, 'arrays'>): boolean {
  return concluded && made !== null && made.choice === choice && made.result === result
}

/** Where the contacts of the array that is drawn would lie in an ear, LPS mm; none of a plan that is out of date. */
export function drawnContacts(state: Omit<PlannedOn, 'arrays'>, side: Side): readonly Vector3[] {
  const { made, drawn } = state.planning
  if (drawn === null || made === null || typeof made.answer === 'string' || !isPlanCurrent(state)) return []
  const arrays = made.answer.plan.ears.find((ear) => ear.side === side)?.arrays
  const contacts = arrays?.find(({ array }) => array.id === drawn)?.contacts ?? []
  return contacts.flatMap(({ inside }) => (inside === undefined ? [] : [inside.position]))
}

/** Whether the views show other planned contacts than before. */
export function isDrawnAnew(now: Omit<PlannedOn, 'arrays'>, before: Omit<PlannedOn, 'arrays'>): boolean {
  return now.planning !== before.planning || now.concluded !== before.concluded || now.result !== before.result
}

function refused(why: string): PlanOffer {
  return { request: null, remarks: [why] }
}

function isWithin(value: number, most: number): boolean {
  return value > 0 && value <= most
}

/** Why an array cannot be laid in so far; undefined where it can. */
function whyNot({ maker, model, length }: ElectrodeArray, insertion: number | null): string | undefined {
  const name = `${maker} ${model}`
  if (insertion === null) {
    return length === undefined
      ? `${name} is left out: how far it goes was not found in a public source; choose an insertion.`
      : undefined
  }
  return length !== undefined && insertion > length
    ? `${name} is left out: it has only ${length} mm to insert.`
    : undefined
}
