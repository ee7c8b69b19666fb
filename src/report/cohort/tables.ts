import { landmarkKinds } from '../../core/anatomy.ts'
import { type Cell, encodeCsv } from '../../io/csv.ts'
import type { EarResult, LandmarkResult } from '../result.ts'
import type { DoneCase, FailedCase } from './cohort-case.ts'
import { quantitiesOf, valuesByQuantity } from './quantities.ts'

/** `cohort.csv`: a row for each ear; positions in LPS mm, units as in `result.json`, cells of unknowns empty. */
export function cohortTable(cases: readonly DoneCase[]): string {
  const quantities = [...valuesByQuantity(cases).keys()]
  const landmarks = landmarkKinds.flatMap(({ id }) => ['x', 'y', 'z', 'confidence'].map((name) => `${id}_${name}`))
  const head = ['id', 'path', 'side', 'side_confidence', ...landmarks, ...quantities]
  const rows = cases.flatMap((one) => one.result.ears.map((ear) => [one.id, one.path, ...earCells(ear, quantities)]))
  return encodeCsv([head, ...rows])
}

function earCells(ear: EarResult, quantities: readonly string[]): Cell[] {
  const values = new Map(quantitiesOf(ear).map(({ id, value }) => [id, value]))
  return [
    ear.side,
    ear.sideConfidence,
    ...landmarkKinds.flatMap(({ id }) => landmarkCells(ear.landmarks[id])),
    ...quantities.map((id) => values.get(id) ?? null)
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
