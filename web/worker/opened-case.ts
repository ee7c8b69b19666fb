import type { Findings } from '../../src/analyze/findings.ts'
import type { Scan } from '../../src/core/volume.ts'
import { findInEars } from '../../src/implant/find/find-in-ears.ts'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import type { ScanSource } from '../../src/io/scan-source.ts'
import { measureFindings } from '../../src/measure/measure-findings.ts'
import { createResult, type ResultModel } from '../../src/report/create-result.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Entry } from '../corrections.ts'
import { correctionNote } from './correction-record.ts'
import type { EarView } from './ear-view.ts'

/** All that is known of the one scan on the desk. */
export interface OpenedCase {
  readonly scan: Scan
  readonly source: ScanSource
  readonly origin: DicomOrigin | undefined
  readonly model: ResultModel
  readonly found: Findings
  readonly views: readonly EarView[]
  /** As a person left it. */
  now: Findings
  result: AnalysisResult
}

/** The result of what was found, or of what a person made of it. */
export function describe({ scan, model }: Pick<OpenedCase, 'scan' | 'model'>, findings: Findings, source: ScanSource) {
  return createResult(findInEars(measureFindings(findings, { scan, source }), scan), { source, model })
}

/** The source with a note of corrections, where there are any. */
export function withNote(source: ScanSource, log: readonly Entry[]): ScanSource {
  const note = correctionNote(log)
  return note === undefined ? source : { ...source, notes: [...source.notes, note] }
}
