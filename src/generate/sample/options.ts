import { z } from 'zod'
import { malformations } from '../anatomy/malformed/malform.ts'
import { scannerKinds } from '../scanner/protocol.ts'
import { earlessKinds } from './earless-kinds.ts'

/** What to generate. */
export const caseOptions = z.strictObject({
  field: z
    .tuple([z.number().min(20).max(250), z.number().min(20).max(250)])
    .default([40, 55])
    .describe('edge of the field of view in mm, from and to'),
  finest: z
    .number()
    .min(0.05)
    .max(1)
    .default(0.2)
    .describe('smallest voxel generated, mm; finer protocols get this size'),
  anyOrientation: z.number().min(0).max(1).default(0.15).describe('share of ears turned any way, as specimens are'),
  withoutEar: z.number().min(0).max(1).default(0).describe('share of cases that hold bone and cells but no ear'),
  scanners: z
    .array(z.enum(scannerKinds))
    .min(1)
    .default([...scannerKinds])
    .describe('kinds of scanner sampled from'),
  specimens: z
    .number()
    .min(0)
    .max(1)
    .default(0.15)
    .describe('share of scans of a specimen: no soft tissue, lying still'),
  airFilled: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('share of specimens that have dried: labyrinth and channels hold air'),
  implanted: z.number().min(0).max(1).default(0).describe('share of ears with a cochlear implant'),
  electrodes: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('share of ears with an electrode array of the catalogue, whose contacts are in the truth; default 0'),
  electrodeArray: z.string().optional().describe('id of the one array that is used; any of them without it'),
  sheared: z.number().min(0).max(1).default(0).describe('share of scans sheared as by a gantry tilt left uncorrected'),
  heads: z.number().min(0).max(1).default(0).describe('share of cases that show a head with both ears'),
  earless: z.number().min(0).max(1).default(0).describe('share of cases that show no ear: see earlessKinds'),
  earlessKinds: z.array(z.enum(earlessKinds)).min(1).optional().describe('what cases without an ear show; all of it'),
  dental: z.number().min(0).max(1).default(0).describe('share of scans by a dental cone-beam scanner'),
  maxVoxels: z
    .int()
    .min(1e6)
    .default(16e6)
    .describe('of scans of heads and of cases without an ear, which cover less where there would be more'),
  malformed: z.number().min(0).max(1).default(0).describe('share of ears with a malformation, whose kind is sampled'),
  malformation: z.enum(malformations).optional().describe('malforms every ear in this one way')
})

export type CaseOptions = z.infer<typeof caseOptions>
