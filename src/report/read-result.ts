import { z } from 'zod'
import { InputError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import { resultFault } from './check-result.ts'
import { type AnalysisResult, analysisResult } from './result.ts'

/** The version of results that is written and read. */
const readVersion = 1

const anyResult = z.looseObject({
  format: z.literal('otomark-result'),
  version: z.number(),
  software: z.looseObject({ version: z.string().optional() }).optional()
})

/**
 * The result in a `result.json`.
 * @throws InputError if it is not a result, was written by a newer version, or contradicts itself; `source` names the file
 */
export function decodeResult(value: unknown, source: string): AnalysisResult {
  const parsed = analysisResult.safeParse(value)
  if (!parsed.success) throw new InputError(source, whyUnread(value, parsed.error.issues[0]?.path.join('.') ?? ''))
  const fault = resultFault(parsed.data)
  if (fault === undefined) return parsed.data
  throw new InputError(source, `${fault}; it is damaged or was changed: analyze the scan again`)
}

/** @param place of the first value that is not as it should be */
function whyUnread(value: unknown, place: string): string {
  const { data } = anyResult.safeParse(value)
  if (data === undefined) return 'is no result of otomark; name a result.json, or the folder that analyze wrote'
  if (data.version > readVersion) {
    const writer = printable(data.software?.version ?? '')
    return (
      `was written by a newer version of otomark${writer === '' ? '' : ` (${writer})`}: its results are of version ` +
      `${data.version}, and ${readVersion} can be read; update otomark, or analyze the scan again`
    )
  }
  return `is a damaged result of otomark: ${printable(place)} is missing or not as analyze writes it; analyze the scan again`
}
