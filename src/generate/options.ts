import { z } from 'zod'
import { malformations } from './anatomy/malform.ts'

/** What to generate. */
export const caseOptions = z.strictObject({
  field: z
    .tuple([z.number().min(20).max(250), z.number().min(20).max(250)])
    .default([40, 55])
    .describe('edge of the field of view in mm, from and to'),
  finest: z.number().min(0.05).max(1).default(0.2).describe('smallest voxel drawn, mm; finer protocols get this size'),
  anyOrientation: z.number().min(0).max(1).default(0.15).describe('share of ears turned any way, as specimens are'),
  withoutEar: z.number().min(0).max(1).default(0).describe('share of cases that hold bone and cells but no ear'),
  malformation: z.enum(malformations).optional().describe('malforms every ear; ears are ordinary without it')
})

export type CaseOptions = z.infer<typeof caseOptions>
