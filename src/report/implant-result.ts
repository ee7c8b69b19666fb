import { z } from 'zod'
import type { ElectrodeNotFound, FoundElectrode } from '../implant/find/found-electrode.ts'
import { tonotopySource } from '../implant/tonotopy.ts'
import { rounded, triple } from './rounded.ts'

const vector = z.tuple([z.number(), z.number(), z.number()])
const array = z.strictObject({ id: z.string(), maker: z.string(), model: z.string() })

const contact = z.strictObject({
  order: z.int().positive().describe('counted from the apex'),
  number: z.int().positive().optional().describe("the maker's number, where it is known how he counts"),
  position: vector.describe('world position in LPS millimetres'),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe('a score, not a probability: how much metal is there × how much of all metal the array explains'),
  byHand: z.literal(true).optional().describe('a person placed it: its score is none, and stands as 1'),
  inside: z
    .strictObject({
      angle: z.number().describe('° about the modiolar axis from the round window'),
      depth: z.number().describe('mm from the middle of the round window through the contacts'),
      frequency: z.number().describe('Hz')
    })
    .optional()
    .describe('absent outside the cochlea')
})

/** The metal of an electrode array in a cochlea, as `result.json` holds it. */
export const implantResult = z
  .discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('found'),
      array,
      given: z.boolean().describe('the array was named; otherwise it was told by the spacing of its contacts'),
      alternatives: z.array(array).describe('arrays whose contacts would lie nearly the same'),
      score: z
        .number()
        .min(0)
        .max(1)
        .describe('share of the variance of the metal along its course that the array explains'),
      source: z.string().describe('where the frequencies come from'),
      contacts: z.array(contact).min(2),
      remarks: z.array(z.string())
    }),
    z.strictObject({
      status: z.literal('not found'),
      reason: z.string().describe('why contacts were not placed'),
      endAngle: z.number().optional().describe('° at which the metal ends; absent where none is seen along the turns')
    })
  ])
  .describe('metal in the cochlea as an electrode array; contacts are counted from the apex')

export type ImplantResult = z.infer<typeof implantResult>

export function describeImplant(implant: FoundElectrode | ElectrodeNotFound): ImplantResult {
  if (implant.status === 'not found') {
    const { endAngle } = implant
    return { ...implant, ...(endAngle !== undefined && { endAngle: rounded(endAngle, 0) }) }
  }
  const { isGiven, alternatives, score, contacts, remarks, contactRemarks } = implant
  return {
    status: 'found',
    array: named(implant.array),
    given: isGiven,
    alternatives: alternatives.map(named),
    score: rounded(score, 3),
    source: tonotopySource,
    contacts: contacts.map(({ order, number, position, confidence, byHand, inside }) => ({
      order,
      ...(number !== undefined && { number }),
      position: triple(position, 3),
      confidence: rounded(confidence, 3),
      ...(byHand && { byHand }),
      ...(inside && {
        inside: {
          angle: rounded(inside.angle, 1),
          depth: rounded(inside.depth, 2),
          frequency: rounded(inside.frequency, 0)
        }
      })
    })),
    remarks: [...remarks, ...contactRemarks]
  }
}

function named({ id, maker, model }: FoundElectrode['array']): z.infer<typeof array> {
  return { id, maker, model }
}

/** True of every array that a person did not place: what a scan shows does not tell which of them are wrong (studies/electrode). */
const mayBeMisplaced =
  'Check every contact against the scan: in generated scans some arrays were placed a spacing or more off, or a tip that was folded over was not seen.'

/** What a reader must know of an array in an ear before using its contacts, as sentences. */
export function doubtsOf(implant: ImplantResult): string[] {
  if (implant.status === 'not found') {
    const { endAngle, reason } = implant
    if (endAngle === undefined) return [`Contacts were not placed: ${reason}.`]
    return [
      `There is metal in the cochlea to about ${endAngle.toFixed(0)}°, but its contacts were not placed: ${reason}.`
    ]
  }
  const { alternatives, given, array: found, contacts, remarks } = implant
  const placed = contacts.filter(({ byHand }) => byHand).length
  const isAllPlaced = placed === contacts.length
  const others = alternatives.map(({ model }) => model).join(', ')
  return [
    ...(isAllPlaced ? [] : [mayBeMisplaced]),
    ...(placed > 0 ? [`${placed} of ${contacts.length} contacts were placed by hand.`] : []),
    ...(given
      ? []
      : [
          `The array was told by the spacing of its contacts alone: ${found.model}${others === '' ? '' : `; as well it may be ${others}`}.`
        ]),
    ...remarks
  ]
}
