import { isDeepStrictEqual } from 'node:util'
import type { Model } from '../../analyze/model.ts'
import type { CaseRecord, Provenance } from '../../cases/case-record.ts'
import { OtomarkError } from '../../core/errors.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Files } from '../../io/files.ts'
import type { SessionOptions } from '../../runtime/session.ts'
import { type AnalyzeScanOptions, analyzeScan } from '../analyze-scan.ts'
import { explainError } from '../report-error.ts'
import type { CohortScan } from './cohort-scan.ts'
import { inputState } from './input-state.ts'

/**
 * How the networks of a cohort are run: each scan in one thread, whether it is analysed beside others, alone because memory
 * is short, or as the only one that an earlier run left. Several threads add numbers in another order, and a case's values
 * would differ in their last digits by when it was analysed.
 */
export const caseSession: SessionOptions = { threads: 1 }

/** What all cases of a run are made with. */
export interface CaseContext {
  readonly model: Model
  /** What changes the results or their files. */
  readonly options: Pick<
    AnalyzeScanOptions,
    'electrode' | 'implant' | 'augmentOutlines' | 'surfaces' | 'browser' | 'dicom' | 'deflateLarge' | 'keepIdentifiers'
  >
  readonly signal: AbortSignal
}

/** What a case's result would be made of; undefined when its input cannot be read. */
export async function provenanceOf(
  { path, series }: CohortScan,
  { model, options }: Pick<CaseContext, 'model' | 'options'>
): Promise<Provenance | undefined> {
  const input = await inputState(path).catch((error: unknown) => {
    if (!(error instanceof OtomarkError)) throw error
    return undefined
  })
  if (input === undefined) return undefined
  return {
    software: softwareVersion,
    model: { detector: model.detector.sha256, segmenter: model.segmenter.sha256 },
    options: namedOptions(options, series),
    input
  }
}

/** Whether a case was finished, and would come out the same. */
export function isFinished({ outcome }: CaseRecord, wanted: Provenance): boolean {
  return outcome.status === 'done' && isDeepStrictEqual(outcome.provenance, wanted)
}

/** What a case was asked for, by name, as texts. The browser prints the same page: which one it is does not matter. */
function namedOptions(
  {
    electrode,
    implant,
    augmentOutlines = false,
    surfaces = [],
    browser,
    dicom = false,
    keepIdentifiers = false
  }: CaseContext['options'],
  series: string | undefined
): Provenance['options'] {
  return {
    ...(series !== undefined && { series }),
    ...(electrode !== undefined && { electrode: String(electrode) }),
    ...(implant !== undefined && { implant: implant.id }),
    ...(augmentOutlines && { augment: 'true' }),
    ...(dicom && { dicom: 'true' }),
    ...(keepIdentifiers && { keepIdentifiers: 'true' }),
    surfaces: [...surfaces].sort().join(','),
    pdf: String(browser !== undefined)
  }
}

/** A case and the files of its result, none where it failed. */
export interface AnalyzedCase {
  readonly record: CaseRecord
  readonly files: Files
}

/**
 * Analyses one scan of a cohort; its failure becomes a record like its success.
 * @throws the signal's reason when it was stopped
 */
export async function analyzeCase(scan: CohortScan, context: CaseContext): Promise<AnalyzedCase> {
  const { id, path, given, series } = scan
  const record = { format: 'otomark-case', version: 1, id, path: given } as const
  try {
    // Taken before the scan is read: a scan that changes meanwhile is analysed again by the next run.
    const provenance = await provenanceOf(scan, context)
    const options = { ...context.options, name: given, signal: context.signal, ...(series !== undefined && { series }) }
    const { files } = await analyzeScan(path, context.model, options)
    if (provenance === undefined) throw new Error(`${path} appeared while it was read`)
    return { record: { ...record, outcome: { status: 'done', provenance } }, files }
  } catch (error) {
    context.signal.throwIfAborted()
    const { exitCode, message: whole = '', unidentified } = explainError(error)
    const message = context.options.keepIdentifiers === true ? whole : unidentified
    return {
      record: { ...record, outcome: { status: 'failed', exitCode, message: message.replaceAll(path, given) } },
      files: {}
    }
  }
}
