import type { AnalysisResult, EarResult, FlagResult } from './result.ts'

/** What is doubtful about one ear of a result: its own flags and those of the whole scan. */
export function earFlags({ flags }: AnalysisResult, { side }: Pick<EarResult, 'side'>): FlagResult[] {
  return flags.filter((flag) => flag.side === undefined || flag.side === side)
}
