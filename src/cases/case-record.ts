import { z } from 'zod'
import { type FileAccess, pathIn } from '../io/file-access.ts'
import { readJson } from '../io/json.ts'

/** What makes a result what it is: where it is all the same, the result is not made again. */
const provenance = z.strictObject({
  software: z.string(),
  model: z.strictObject({ detector: z.string(), segmenter: z.string() }).describe('SHA-256 of the model files'),
  options: z.record(z.string(), z.string()).describe('options of the command that change results'),
  input: z
    .strictObject({ files: z.int(), bytes: z.number(), modified: z.number() })
    .describe('number of files, sum of their sizes, latest change in milliseconds since 1970')
})

const outcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('done'), provenance }),
  z.strictObject({ status: z.literal('failed'), exitCode: z.int(), message: z.string() })
])

/** What `case.json` holds: the record of one scan of a cohort, written together with its results or its failure. */
const caseRecord = z.strictObject({
  format: z.literal('otomark-case'),
  version: z.literal(1),
  id: z.string(),
  path: z.string(),
  outcome
})

export type CaseRecord = z.infer<typeof caseRecord>
export type Provenance = z.infer<typeof provenance>

export const recordFile = 'case.json'

/** The record in a case's folder; undefined when there is none that is whole. */
export async function readCaseRecord(files: FileAccess, folder: string): Promise<CaseRecord | undefined> {
  const value = await readJson(files, pathIn(folder, recordFile)).catch(() => undefined)
  return caseRecord.safeParse(value).data
}
