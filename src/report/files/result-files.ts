import { caseFileNames } from '../../cases/case-files.ts'
import { encodeLandmarks } from '../../cases/encode-case.ts'
import type { Files } from '../../io/files.ts'
import { gzipFile } from '../../io/gzip.ts'
import { createReport, type ReportContents } from '../html/page.ts'
import { contactsCsv } from './contacts-csv.ts'
import { labelFiles } from './label-files.ts'
import { type SurfaceFormat, surfaceFileNames, surfaceFiles } from './surface-files.ts'

/** Names of all files of a result but `result.json`. */
export const resultFileNames: readonly string[] = [
  caseFileNames.labels,
  'labels.nrrd',
  caseFileNames.markups,
  'contacts.csv',
  'report.html',
  'report.pdf',
  ...surfaceFileNames
]

/**
 * A result as files for people and for other programs, by name. Labels are written as NRRD too where NIfTI's rounded
 * header would keep strict readers from laying them over the scan.
 * @param contents `created` is the time that the report states
 *
 * @example
 * ```ts
 * import { mkdir, writeFile } from 'node:fs/promises'
 * import { type AnalysisResult, encodeResult, type Findings, type Scan } from 'otomark'
 *
 * async function writeResult(scan: Scan, findings: Findings, result: AnalysisResult) {
 *   await mkdir('out', { recursive: true })
 *   const files = encodeResult({ scan, findings, result, created: new Date() }, ['stl', 'glb'])
 *   for (const [name, content] of Object.entries(files)) await writeFile(`out/${name}`, content)
 * }
 * ```
 */
export function encodeResult(contents: ReportContents, surfaces: readonly SurfaceFormat[] = ['stl']) {
  const { [caseFileNames.labels]: nifti, 'labels.nrrd': nrrd } = labelFiles(contents.findings.labels)
  return {
    [caseFileNames.labels]: gzipFile(nifti),
    ...(nrrd && { 'labels.nrrd': gzipFile(nrrd) }),
    ...filesBesideLabels(contents, surfaces)
  } satisfies Files
}

/** What `encodeResult` gives, without the labels. */
export function filesBesideLabels(contents: ReportContents, surfaces: readonly SurfaceFormat[]) {
  const { ears } = contents.findings
  const contacts = contactsCsv(contents.result)
  return {
    [caseFileNames.markups]: encodeLandmarks(ears),
    ...(contacts !== undefined && { 'contacts.csv': contacts }),
    ...surfaceFiles(ears, surfaces),
    'report.html': createReport(contents),
    'result.json': `${JSON.stringify(contents.result, null, 2)}\n`
  } satisfies Files
}
