import { type Cell, encodeCsv } from '../../io/csv.ts'
import type { AnalysisResult } from '../result.ts'

const head = ['side', 'id', 'name', 'unit', 'value', 'low', 'high', 'real_mean', 'real_sd', 'reason']

/**
 * The measurements of one scan as a table for spreadsheets: a row for each quantity of each ear, with its 90 % interval and
 * what real ears have. A value that cannot be measured is empty, and `reason` says why.
 */
export function measurementsCsv({ ears }: AnalysisResult): string {
  const rows = ears.flatMap(({ side, measurements }) =>
    measurements.map(({ id, name, unit, value, uncertainty, reference, reason = null }): Cell[] => [
      side,
      id,
      name,
      unit,
      value,
      uncertainty?.low ?? null,
      uncertainty?.high ?? null,
      reference?.mean ?? null,
      reference?.sd ?? null,
      reason
    ])
  )
  return encodeCsv([head, ...rows])
}
