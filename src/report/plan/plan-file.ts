import { z } from 'zod'
import { InputError } from '../../core/errors.ts'
import { rounded, triple } from '../../core/math/rounded.ts'
import { softwareVersion } from '../../core/version.ts'
import { type ElectrodeArray, electrodeArray } from '../../electrode/array.ts'
import {
  insertionFor,
  type PlannedArray,
  type PlannedContact,
  planArray,
  type Target
} from '../../implant/plan/plan-array.ts'
import { uncertaintyOf } from '../../implant/plan/uncertainty.ts'
import { tonotopySource } from '../../implant/tonotopy.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { type DuctResult, ductOf } from '../duct-result.ts'
import { earFlags } from '../ear-flags.ts'
import { type AnalysisResult, type EarResult, flag } from '../result.ts'

const interval = z.tuple([z.number(), z.number()]).describe('90 % interval, from and to')

const contact = z.strictObject({
  order: z.int().min(1).describe('counted from the apex'),
  number: z.int().min(1).optional().describe("the maker's own number"),
  depth: z.number().describe('mm along the array from the round window; negative outside'),
  inside: z
    .strictObject({
      angle: z.number().describe('° about the modiolar axis from the round window'),
      angleInterval: interval.optional(),
      frequency: z.number().describe('Hz'),
      frequencyInterval: interval.optional(),
      position: z.tuple([z.number(), z.number(), z.number()]).describe('LPS mm'),
      toLateralWall: z.number().describe("mm from the contact's middle"),
      toModiolus: z.number().describe("mm from the contact's middle"),
      clearance: z.number().describe('height of the half of the lumen it lies in, mm'),
      room: z.number().describe('deprecated: former name of `clearance`')
    })
    .optional()
    .describe('absent of a contact that is not in the cochlea')
})

const plannedTarget = z.strictObject({
  angle: z.number().describe('° of the target: where the most apical contact is to lie'),
  insertion: z.number().nullable().describe('mm it would take; null where the turns end before'),
  isReached: z.boolean().nullable().describe('null where the length of the array is not known')
})

const plannedArray = z.strictObject({
  array: electrodeArray,
  insertion: z.number().positive().describe('mm inside the cochlea, tip included'),
  coverage: z
    .strictObject({
      angle: z.number().describe('° of the most apical contact'),
      span: z.number().describe('° from the most basal contact inside to the most apical one'),
      percent: z.number().describe("of the lateral wall's length, to the most apical contact")
    })
    .nullable(),
  target: plannedTarget.optional(),
  wish: plannedTarget.optional().describe('deprecated: former name of `target`'),
  remarks: z.array(z.string()).describe('what does not fit, or was not judged'),
  contacts: z.array(contact)
})

/** What `plan.json` holds. */
export const planFile = z
  .strictObject({
    format: z.literal('otomark-plan'),
    version: z.literal(1),
    notice: z.string(),
    software: z.strictObject({ name: z.literal('otomark'), version: z.string() }),
    scan: z.string().describe('the input of the analysis'),
    frequencies: z.string().describe('where they come from'),
    notes: z.array(z.string()).describe('of ears that were not planned on, why'),
    ears: z
      .array(
        z.strictObject({
          side: z.enum(['left', 'right']),
          flags: z
            .array(flag)
            .describe('doubts of the analysis about this ear and the scan, on whose numbers the plan stands'),
          arrays: z.array(plannedArray).min(1)
        })
      )
      .min(1)
  })
  .describe('Electrode arrays laid into measured cochleae by otomark. Positions are LPS millimetres.')

export type PlanFile = z.infer<typeof planFile>
export type PlannedEar = PlanFile['ears'][number]

/** What is to be planned. */
export interface PlanRequest {
  readonly arrays: readonly ElectrodeArray[]
  /** mm inside the cochlea; without it as far as each array goes. */
  readonly insertion?: number
  /** Of both ears only this one. */
  readonly side?: 'left' | 'right'
  /** Where the most apical contact is to lie. */
  readonly target?: { readonly angle: number } | { readonly percent: number }
}

type EarWithTurns = EarResult & { readonly duct: DuctResult }

const hasTurns = (ear: EarResult): ear is EarWithTurns => ear.duct !== undefined

/** The ears of a result that are wanted, and those of them that can be planned on. @throws InputError where there is none */
function plannedOn({ ears }: AnalysisResult, source: string, side?: 'left' | 'right') {
  const wanted = ears.filter((ear) => side === undefined || ear.side === side)
  if (wanted.length === 0) throw new InputError(source, `has no ${side} ear`)
  const known = wanted.filter(hasTurns)
  if (known.length > 0) return { known, unknown: wanted.filter((ear) => !hasTurns(ear)) }
  throw new InputError(
    source,
    `does not hold the turns of the cochlea of ${wanted.map((ear) => `the ${ear.side} ear`).join(' or ')}: they were not seen, or an older otomark wrote it; analyse the scan again`
  )
}

/**
 * Lays arrays into the cochleae of a result.
 * @throws UsageError where an insertion is asked for that an array does not have; InputError where no turns are known
 */
export function createPlan(result: AnalysisResult, source: string, request: PlanRequest): PlanFile {
  const { known, unknown } = plannedOn(result, source, request.side)
  return {
    format: 'otomark-plan',
    version: 1,
    notice: result.notice,
    software: { name: 'otomark', version: softwareVersion },
    scan: result.input.source,
    frequencies: tonotopySource,
    notes: unknown.map(
      ({ side }) => `Nothing is planned in the ${side} ear: the turns of its cochlea were not seen in the scan.`
    ),
    ears: known.map((ear) => ({ ...planEar(ear, ductOf(ear.duct), request), flags: earFlags(result, ear) }))
  }
}

function planEar(
  { side, measurements }: Pick<EarResult, 'side' | 'measurements'>,
  duct: CochlearDuct,
  { arrays, insertion, target }: PlanRequest
): Omit<PlannedEar, 'flags'> {
  const uncertainty = uncertaintyOf(measurements)
  return {
    side,
    arrays: arrays.map((array) => {
      const described = target && describeTarget(insertionFor(duct, array, target))
      return {
        ...describeArray(planArray(duct, array, insertion, uncertainty)),
        ...(described && { target: described, wish: described })
      }
    })
  }
}

function describeArray({ array, insertion, contacts, coverage, remarks }: PlannedArray): PlannedEar['arrays'][number] {
  return {
    array,
    insertion: rounded(insertion, 2),
    coverage: coverage
      ? {
          angle: rounded(coverage.angle, 1),
          span: rounded(coverage.span, 1),
          percent: rounded(coverage.percent, 1)
        }
      : null,
    remarks: [...remarks],
    contacts: contacts.map(describeContact)
  }
}

function describeContact({
  inside,
  depth,
  ...contact
}: PlannedContact): PlannedEar['arrays'][number]['contacts'][number] {
  if (inside === undefined) return { ...contact, depth: rounded(depth, 2) }
  const { angle, frequency, angleInterval, frequencyInterval, position } = inside
  return {
    ...contact,
    depth: rounded(depth, 2),
    inside: {
      angle: rounded(angle, 1),
      ...(angleInterval && { angleInterval: [rounded(angleInterval.low, 1), rounded(angleInterval.high, 1)] }),
      frequency: rounded(frequency, 0),
      ...(frequencyInterval && {
        frequencyInterval: [rounded(frequencyInterval.low, 0), rounded(frequencyInterval.high, 0)]
      }),
      position: triple(position, 3),
      toLateralWall: rounded(inside.toLateralWall, 2),
      toModiolus: rounded(inside.toModiolus, 2),
      clearance: rounded(inside.clearance, 2),
      room: rounded(inside.clearance, 2)
    }
  }
}

function describeTarget({ angle, insertion, isReached }: Target): z.infer<typeof plannedTarget> {
  return {
    angle: rounded(angle, 1),
    insertion: insertion === undefined ? null : rounded(insertion, 2),
    isReached: isReached ?? null
  }
}

/** The JSON Schema of `plan.json`, as it lies in the documentation. */
export function planSchema(): object {
  return z.toJSONSchema(planFile)
}
