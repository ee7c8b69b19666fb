import type { AnalysisResult } from './result.ts'

/** What the 90 % intervals of a result were calibrated on, in a sentence; undefined where it has none. */
export function intervalBasis({ intervals }: Pick<AnalysisResult, 'intervals'>): string | undefined {
  if (intervals === undefined) return undefined
  const { generatedEars, labelled } = intervals
  const widened =
    labelled === undefined
      ? '; how they hold on real ears was not measured'
      : ` and widened until they hold on ${labelled.ears} labelled real ears (${labelled.name})`
  return `The 90 % intervals were calibrated on ${generatedEars} generated ears${widened}.`
}
