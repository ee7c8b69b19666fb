import { softwareVersion } from '../core/version.ts'
import { encodeMarkups } from '../io/markups.ts'
import { encodeNifti } from '../io/nifti/encode.ts'
import { printPage } from '../io/node/print-page.ts'
import { createReport, type ReportContents } from '../report/html/page.ts'
import type { OutputFiles } from './output-folder.ts'
import { type SurfaceFormat, surfaceFileNames, surfaceFiles } from './surface-files.ts'

/** Which files a result is written as, beside those it always has. */
export interface FileOptions {
  /** Default: STL. */
  readonly surfaces?: readonly SurfaceFormat[]
  /** Prints the report as PDF too. */
  readonly browser?: string
}

/** Names of all files of a result but `result.json`. */
export const resultFileNames: readonly string[] = [
  'labels.nii.gz',
  'landmarks.mrk.json',
  'report.html',
  'report.pdf',
  ...surfaceFileNames
]

/**
 * A result as files for people and for other programs, by name.
 * @throws ResourceError when the browser cannot print
 */
export async function encodeResult(
  contents: ReportContents,
  { surfaces = ['stl'], browser }: FileOptions
): Promise<OutputFiles> {
  const { labels, ears } = contents.findings
  const description = `otomark ${softwareVersion}`
  const report = createReport(contents)
  return {
    'labels.nii.gz': encodeNifti(labels, { gzip: true, description }),
    'landmarks.mrk.json': encodeMarkups(
      ears.map(({ side, landmarks }) => ({ landmarks, ...(ears.length > 1 && { name: capitalized(side) }) }))
    ),
    ...surfaceFiles(ears, surfaces),
    'report.html': report,
    ...(browser !== undefined && { 'report.pdf': await printPage(report, browser) }),
    'result.json': `${JSON.stringify(contents.result, null, 2)}\n`
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
