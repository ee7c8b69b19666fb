import type { ElectrodeArray } from '../../src/electrode/array.ts'
import type { PlanRequest } from '../../src/report/plan/plan-file.ts'
import { planLimits } from '../../src/report/plan/plan-limits.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Planning } from './planning.ts'

/** What is asked for in the page's state. */
interface Asked {
  readonly result: AnalysisResult | null
  readonly arrays: readonly ElectrodeArray[]
  readonly planning: Pick<Planning, 'choice'>
}

export interface RequestedPlan {
  /** As the command line would ask; null where nothing can be planned. */
  readonly request: PlanRequest | null
  /** Why not, or which arrays are left out and why, as sentences. */
  readonly remarks: readonly string[]
}

/** What is to be planned of what a person chose. */
export function requestedPlan({ result, arrays, planning: { choice } }: Asked): RequestedPlan {
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

function refused(why: string): RequestedPlan {
  return { request: null, remarks: [why] }
}

function isWithin(value: number, most: number): boolean {
  return value > 0 && value <= most
}

/** Why an array cannot be inserted that far; undefined where it can. */
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
