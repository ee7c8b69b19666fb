import { InputError } from '../core/errors.ts'
import { type AnalysisResult, analysisResult } from './result.ts'

/** The result in a `result.json`. @throws InputError if it is none; `source` names the file */
export function decodeResult(value: unknown, source: string): AnalysisResult {
  const parsed = analysisResult.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InputError(source, 'is no result of otomark; name a result.json, or the folder that analyze wrote')
}
