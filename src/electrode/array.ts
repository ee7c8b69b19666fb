import { z } from 'zod'

export const placements = ['lateral', 'mid-scala', 'perimodiolar'] as const
export type Placement = (typeof placements)[number]

const millimetres = (most: number): z.ZodNumber => z.number().positive().max(most)

/** mm by which sums of decimal lengths may be off: 11 × 1.1 is 12.100000000000001. */
const rounding = 1e-6

/** One kind of electrode array, as a catalogue lists it. What is not known from a public source is left out. */
export const electrodeArray = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'of small letters, digits, points and hyphens'),
    maker: z.string().min(1),
    model: z.string().min(1),
    alias: z.array(z.string()).optional().describe('other ids of the same array'),
    placement: z.enum(placements).describe('where it comes to lie in the scala tympani'),
    contacts: z.int().min(2).max(64).describe('pairs of contacts on one wire count once'),
    spacing: millimetres(5).describe('mm from the middle of one contact to the next'),
    length: millimetres(40).optional().describe('mm inside the cochlea when it is wholly inserted'),
    tip: z.number().min(0).max(5).optional().describe('mm beyond the middle of the most apical contact'),
    diameter: z
      .strictObject({ tip: millimetres(2), base: millimetres(2) })
      .optional()
      .describe('mm, at the tip and where it enters; tapers evenly'),
    numberedFrom: z.enum(['apex', 'base']).optional().describe("where the maker's number 1 is"),
    source: z.string().min(1).describe('where the figures are published'),
    also: z.array(z.string()).optional().describe('further sources')
  })
  .refine(
    ({ length, contacts, spacing, tip = 0 }) =>
      length === undefined || length > (contacts - 1) * spacing + tip - rounding,
    'its contacts need more room than its length'
  )

export type ElectrodeArray = z.infer<typeof electrodeArray>

/** A file with arrays of one's own. */
export const arrayFile = z.strictObject({ arrays: z.array(electrodeArray).min(1).max(200) })
