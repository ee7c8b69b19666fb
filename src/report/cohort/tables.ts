import { landmarkKinds } from '../../core/anatomy.ts'
import { type Cell, encodeCsv } from '../../io/csv.ts'
import { earFlags } from '../ear-flags.ts'
import type { EarResult, LandmarkResult } from '../result.ts'
import type { DoneCase, FailedCase } from './cohort-case.ts'
import { quantitiesOf, valuesByQuantity } from './quantities.ts'

/**
 * `cohort.csv`: a row for each ear; positions in LPS mm, units as in `result.json`, cells of unknowns empty. Each
 * quantity has its value and, as `_low` and `_high`, its 90 % interval.
 */
export function cohortTable(cases: readonly DoneCase[]): string {
  const quantities = [...valuesByQuantity(cases).keys()]
  const landmarks = landmarkKinds.flatMap(({ id }) => ['x', 'y', 'z', 'confidence'].map((name) => `${id}_${name}`))
  const measured = quantities.flatMap((id) => [id, `${id}_low`, `${id}_high`])
  const head = ['id', 'path', 'side', 'side_confidence', 'warnings', 'notes', 'flags', ...landmarks, ...measured]
  const rows = cases.flatMap((one) =>
    one.result.ears.map((ear) => [one.id, one.path, ...earCells(one, ear, quantities)])
  )
  return encodeCsv([head, ...rows])
}

function earCells({ result }: DoneCase, ear: EarResult, quantities: readonly string[]): Cell[] {
  const values = new Map(quantitiesOf(ear).map((quantity) => [quantity.id, quantity]))
  const flags = earFlags(result, ear)
  const count = (wanted: string): number => flags.filter(({ severity }) => severity === wanted).length
  return [
    ear.side,
    ear.sideConfidence,
    count('warning'),
    count('note'),
    [...new Set(flags.map(({ id }) => id))].join(' '),
    ...landmarkKinds.flatMap(({ id }) => landmarkCells(ear.landmarks[id])),
    ...quantities.flatMap((id) => {
      const { value = null, low = null, high = null } = values.get(id) ?? {}
      return [value, low, high]
    })
  ]
}

function landmarkCells(landmark: LandmarkResult): Cell[] {
  const position = landmark.status === 'defined' ? landmark.position : [null, null, null]
  return [...position, landmark.confidence]
}

/** `errors.csv`: a row for each scan that could not be analysed. */
export function errorTable(cases: readonly FailedCase[]): string {
  const rows = cases.map(({ id, path, exitCode, message }) => [id, path, exitCode, message])
  return encodeCsv([['id', 'path', 'exit_code', 'message'], ...rows])
}
