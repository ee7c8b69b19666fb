import type { Findings } from '../../src/analyze/findings.ts'
import type { Scan } from '../../src/core/volume.ts'
import {
  type ElectrodeCorrection,
  electrodeTurns,
  findElectrodes,
  type ImplantedFinding,
  type ImplantedFindings
} from '../../src/implant/find/find-in-ears.ts'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import type { ScanSource } from '../../src/io/scan-source.ts'
import { measureFindings } from '../../src/measure/measure-findings.ts'
import type { ResultModel } from '../../src/report/create-result.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Entry } from '../corrections.ts'
import type { ImplantAnswer } from '../ear-implant.ts'
import { correctionNote } from './correction-record.ts'
import type { EarView } from './ear-view.ts'

/** All that is known of the one scan that the worker holds. */
export interface OpenedCase {
  readonly scan: Scan
  readonly source: ScanSource
  readonly origin: DicomOrigin | undefined
  readonly model: ResultModel
  readonly found: Findings
  readonly views: readonly EarView[]
  /** As a person left it. */
  now: Findings
  /** What they said of the electrode array of each ear. */
  electrodes: readonly (ElectrodeCorrection | undefined)[]
  result: AnalysisResult
}

/** What was found, or what a person made of it, measured and searched for electrode arrays. */
export function measure(
  { scan }: Pick<OpenedCase, 'scan'>,
  findings: Findings,
  source: ScanSource,
  electrodes: OpenedCase['electrodes']
): ImplantedFindings {
  return findElectrodes(measureFindings(findings, { scan, source }), scan, undefined, electrodes)
}

/** What the page gets of the electrode array of an ear. */
export function answerOf(ear: ImplantedFinding | undefined): ImplantAnswer {
  const turns = ear && electrodeTurns(ear)
  return { searched: ear?.implant ?? null, turns: turns === undefined || typeof turns === 'string' ? null : turns }
}

/** The source with a note of corrections, where there are any. */
export function withNote(source: ScanSource, log: readonly Entry[]): ScanSource {
  const note = correctionNote(log)
  return note === undefined ? source : { ...source, notes: [...source.notes, note] }
}
