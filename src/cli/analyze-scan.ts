import { analyzeWith } from '../analyze/analyze.ts'
import { earsFound } from '../analyze/detect/limits.ts'
import type { Model } from '../analyze/model.ts'
import type { AnalyzeOptions } from '../analyze/options.ts'
import { takeFromBefore } from '../analyze/register/take-from-before.ts'
import { requireOrigin } from '../clinic/dicom/modules.ts'
import { NoEarError } from '../core/errors.ts'
import type { ElectrodeArray } from '../electrode/array.ts'
import { findElectrodes } from '../implant/find/find-in-ears.ts'
import type { DicomOrigin } from '../io/dicom/origin.ts'
import type { Files } from '../io/files.ts'
import { type MeasureOptions, measureFindings, measureFindingsWith } from '../measure/measure-findings.ts'
import { gzipNatively } from '../node/gzip-natively.ts'
import { printPage } from '../node/print-page.ts'
import { type ReadScanOptions, readScan } from '../node/read-scan.ts'
import { createResult } from '../report/create-result.ts'
import { labelFiles } from '../report/files/label-files.ts'
import { filesBesideLabels } from '../report/files/result-files.ts'
import type { SurfaceFormat } from '../report/files/surface-files.ts'
import type { ReportContents } from '../report/html/page.ts'
import { identifiersOf } from '../report/identifiers.ts'
import type { AnalysisResult } from '../report/result.ts'
import type { EarThread } from './ear-thread.ts'
import { givenPath } from './given-path.ts'
import { readBefore } from './read-before.ts'

/** Which files a result is written as, beside those it always has. */
export interface FileOptions {
  /** Default: STL. */
  readonly surfaces?: readonly SurfaceFormat[]
  /** Prints the report as PDF too. */
  readonly browser?: string
  /** Writes the result as DICOM objects too; only of a scan that comes from DICOM. */
  readonly dicom?: boolean
  /** Compresses a large segmentation as a whole, which a server may not take. */
  readonly deflateLarge?: boolean
}

/** How a scan is read, analysed and written. */
export type AnalyzeScanOptions = ReadScanOptions &
  AnalyzeOptions &
  FileOptions &
  Pick<MeasureOptions, 'electrode'> & {
    /** What results call the input. Default: its path as it was given, without the folders of an absolute one. */
    readonly name?: string
    /** The array that was implanted, where that is known. */
    readonly implant?: ElectrodeArray
    /** A scan from before surgery, or a session of one: the labyrinth is taken from it. */
    readonly before?: string
    /** Results name patient, study and series of a DICOM scan, and the whole path. */
    readonly keepIdentifiers?: boolean
  }

/** The result of one scan and the files it is written as, by name. */
export interface AnalyzedScan {
  readonly result: AnalysisResult
  readonly files: Files
}

/**
 * Reads a scan, analyses it and encodes what was found.
 * @param thread takes over a part of it, and is closed when that is done; the result is the same
 * @throws whatever reading and analysing throw; NoEarError, naming the input, also when there is no ear in it
 */
export async function analyzeScan(
  input: string,
  model: Model,
  options: AnalyzeScanOptions = {},
  thread?: EarThread
): Promise<AnalyzedScan> {
  try {
    const read = await readScan(input, options)
    const { scan } = read
    const origin = options.dicom === true ? requireOrigin(input, read.source.format, read.origin) : undefined
    const { keepIdentifiers = false } = options
    const called = (path: string): string => (keepIdentifiers ? path : givenPath(path))
    const source = { ...read.source, path: options.name ?? called(input) }
    const before =
      options.before === undefined
        ? undefined
        : await readBefore(options.before, called(options.before), model, options)
    const seen = await earsFound(analyzeWith(scan, model, options, thread), source.notes)
    await thread?.close()
    const findings = before === undefined ? seen : takeFromBefore(seen, scan, source.path, before)
    const { electrode } = options
    const wanted = { scan, source, electrode }
    const numbers = thread ? measureFindingsWith(findings, wanted, thread.known) : measureFindings(findings, wanted)
    const measured = findElectrodes(numbers, scan, options.implant)
    const result = createResult(measured, {
      source,
      model,
      ...(keepIdentifiers && { identifiers: identifiersOf(read.origin) })
    })
    const files = await filesOf({ scan, findings, result, created: new Date() }, options, origin)
    return { result, files }
  } catch (error) {
    throw error instanceof NoEarError ? new NoEarError(`${input}: ${error.message}`, { cause: error }) : error
  }
}

/** A result as the files that are wanted. @param origin of a scan from DICOM, where the result is to be DICOM too */
export async function filesOf(
  contents: ReportContents,
  { surfaces = ['stl'], browser, deflateLarge = false }: FileOptions,
  origin?: DicomOrigin
): Promise<Files> {
  // Compressed by other threads while this one draws the report.
  const labels = gzipNatively(labelFiles(contents.findings.labels))
  const files = filesBesideLabels(contents, surfaces)
  const pdf = browser === undefined ? undefined : await printPage(files['report.html'], browser)
  // Loaded when it is needed: most of it is a dictionary of DICOM.
  const writer = origin && (await import('../clinic/dicom-files.ts'))
  const { findings, result, created } = contents
  const printed = pdf !== undefined && { pdf }
  const objects =
    origin && writer?.dicomFiles({ ears: findings.ears, report: result, origin, created, deflateLarge, ...printed })
  return { ...(await labels), ...files, ...(pdf !== undefined && { 'report.pdf': pdf }), ...objects }
}
