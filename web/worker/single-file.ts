import { zipSync } from 'fflate'
import { caseFileNames } from '../../src/cases/case-files.ts'
import { encodeLandmarks } from '../../src/cases/encode-case.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { contactsCsv } from '../../src/report/files/contacts-csv.ts'
import { measurementsCsv } from '../../src/report/files/measurements-csv.ts'
import { surfaceFiles } from '../../src/report/files/surface-files.ts'
import { createReport, type ReportContents } from '../../src/report/html/page.ts'
import type { SingleFile } from './analysis-worker.ts'
import { archived } from './export-files.ts'

/** One file of a result. */
export function encodeSingleFile(file: SingleFile, contents: ReportContents): Uint8Array | string {
  const { findings, result } = contents
  switch (file) {
    case caseFileNames.labels:
      return encodeNifti(findings.labels, { gzip: true })
    case caseFileNames.markups:
      return encodeLandmarks(findings.ears)
    case 'surfaces.zip':
      return zipSync(archived('', surfaceFiles(findings.ears, ['stl'])))
    case 'labyrinth.glb':
      return surfaceFiles(findings.ears, ['glb'])['labyrinth.glb'] ?? ''
    case 'measurements.csv':
      return measurementsCsv(result)
    case 'contacts.csv':
      return contactsCsv(result) ?? ''
    case 'result.json':
      return `${JSON.stringify(result, null, 2)}\n`
    case 'report.html':
      return createReport(contents)
  }
}
