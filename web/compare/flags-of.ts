import type { AnalysisResult } from '../../src/report/result.ts'
import type { EarState } from '../ear-state.ts'
import type { Doubt } from './comparison.ts'

/** The flags of a result that are about an ear or about the whole scan. */
export function flagsOf(result: AnalysisResult | null, { side: of }: Pick<EarState, 'side'>): Doubt[] {
  const flags = result?.flags.filter(({ side }) => side === undefined || side === of) ?? []
  return flags.map(({ severity, text }) => ({ severity, text }))
}
