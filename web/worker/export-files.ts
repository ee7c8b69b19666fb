import { type Zippable, zipSync } from 'fflate'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import type { Files } from '../../src/io/files.ts'
import { encodeResult } from '../../src/report/files/result-files.ts'
import { encodeTrainingCase } from '../../src/report/files/training-case.ts'
import type { ReportContents } from '../../src/report/html/page.ts'
import type { ExportOptions } from './analysis-worker.ts'
import { correctionRecord } from './correction-record.ts'
import type { EarView } from './ear-view.ts'

/**
 * A result as one zip archive: `result/` as the command line writes it, `cases/NAME/` to train on, `corrections.json`.
 * @param origin of a scan from DICOM: `result/` then holds the result as DICOM objects too
 */
export async function exportFiles(
  contents: ReportContents,
  views: readonly EarView[],
  { name, log, trainingCase }: ExportOptions,
  origin?: DicomOrigin
): Promise<Uint8Array> {
  const { scan, findings } = contents
  const record = correctionRecord(log, findings.ears, views, scan)
  return zipSync({
    ...archived('result/', encodeResult(contents)),
    ...archived('result/', await dicomObjects(contents, origin)),
    ...(trainingCase && archived(`cases/${name}/`, encodeTrainingCase(scan, findings))),
    ...(log.length > 0 && archived('', { 'corrections.json': `${JSON.stringify(record)}\n` }))
  })
}

/** The writers are loaded when they are needed: most of what they stand on is a dictionary of DICOM. */
async function dicomObjects({ findings, result, created }: ReportContents, origin?: DicomOrigin): Promise<Files> {
  if (origin === undefined) return {}
  const [{ dicomFiles }, { missingUids }] = await Promise.all([
    import('../../src/clinic/dicom-files.ts'),
    import('../../src/clinic/dicom/modules.ts')
  ])
  if (missingUids(origin).length > 0) return {}
  return dicomFiles({ ears: findings.ears, report: result, origin, created })
}

/** Files in a folder of an archive, packed unless they are already. */
export function archived(folder: string, files: Files): Zippable {
  const encoder = new TextEncoder()
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const bytes = typeof content === 'string' ? encoder.encode(content) : content
      return [`${folder}${name}`, [bytes, { level: name.endsWith('.gz') ? 0 : 6 }] as const]
    })
  )
}
