import { z } from 'zod'

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
    .describe('a score, not a probability: how clearly the contact is seen × the score of the array'),
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
      given: z.boolean().describe('the array was named; otherwise it was recognised by the spacing of its contacts'),
      alternatives: z.array(array).describe('arrays whose contacts would lie nearly the same'),
      score: z
        .number()
        .min(0)
        .max(1)
        .describe(
          'a score, not a probability: how well the array fits the metal; 1 where none was found and a person placed the contacts'
        ),
      source: z.string().describe('where the frequencies come from'),
      contacts: z
        .array(contact)
        .min(1)
        .describe('all of the array, or of one that a person placed those that are placed'),
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
