import type { EarFinding } from '../../src/analyze/findings.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import { describeMeasurement } from '../../src/report/create-result.ts'
import type { QuickMeasurements } from './analysis-worker.ts'

/** What is measured of an ear, without intervals. */
export function quickValues(ear: EarFinding): QuickMeasurements {
  return Object.fromEntries(measureEar(ear).map((measured) => [measured.id, describeMeasurement(measured).value]))
}
