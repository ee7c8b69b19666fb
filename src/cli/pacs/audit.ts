import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCode, readError } from '../../io/file-error.ts'
import { jsonIn } from '../../io/json.ts'
import { writeError } from '../../node/write-file.ts'

/** What became of one series. It names no patient and no server. */
const auditLine = z.object({
  time: z.string(),
  series: z.string(),
  instances: z.number().optional(),
  outcome: z.enum(['stored', 'failed']),
  exitCode: z.number(),
  message: z.string().optional(),
  stored: z.array(z.string()),
  seconds: z.number(),
  software: z.string()
})
export type AuditLine = z.infer<typeof auditLine>

const auditFile = 'audit.jsonl'

/** The record of a watch: a line for each series it is done with, which is also how it knows them again. */
export interface Audit {
  /** Whether the watch is done with a series of so many objects: one that has grown since is new again. */
  has(series: string, instances: number | undefined): boolean
  add(line: AuditLine): Promise<void>
}

/** Opens the record in a folder. A line that a killed process left half written does not count. */
export async function openAudit(folder: string): Promise<Audit> {
  const path = join(folder, auditFile)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return ''
    throw readError(path, error)
  })
  const done = new Map(text.split('\n').flatMap((line) => seriesIn(line) ?? []))
  // A half line must not swallow the next one.
  let lead = text === '' || text.endsWith('\n') ? '' : '\n'
  return {
    has: (series, instances = 0) => done.has(series) && instances <= (done.get(series) ?? instances),
    async add(line) {
      await appendFile(path, `${lead}${JSON.stringify(line)}\n`, { flush: true, mode: 0o600 }).catch(
        (error: unknown) => {
          throw writeError(path, error)
        }
      )
      lead = ''
      done.set(line.series, line.instances)
    }
  }
}

/** The series that a line is about, with the number of its objects. */
function seriesIn(line: string): [series: string, instances: number | undefined][] | undefined {
  const { data } = auditLine.safeParse(jsonIn(line))
  return data && [[data.series, data.instances]]
}
