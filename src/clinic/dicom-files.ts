import type { DicomOrigin } from '../io/dicom/origin.ts'
import type { Files } from '../io/files.ts'
import { type NewUid, randomUid } from './dicom/uid.ts'
import type { ReportContents } from './report/contents.ts'
import { encapsulatePdf } from './report/encapsulated-pdf.ts'
import { createMeasurementReport } from './report/measurement-report.ts'
import { createSegmentation, type LabelledEar } from './segmentation/segmentation.ts'

export interface DicomFileContents {
  /** The ears of the scan, in the order of the report. */
  readonly ears: readonly LabelledEar[]
  readonly report: ReportContents
  readonly origin: DicomOrigin
  readonly created: Date
  /** The report as a PDF, where there is one. */
  readonly pdf?: Uint8Array
  /** Compresses a segmentation that would otherwise be large; for disks, not for servers, which may not take it. */
  readonly deflateLarge?: boolean
  /** Default: random UIDs. */
  readonly newUid?: NewUid
}

/** A result as a hospital's archive keeps it: objects of the study that the scan belongs to. */
export function dicomFiles({
  ears,
  report,
  origin,
  created,
  pdf,
  deflateLarge = false,
  newUid = randomUid
}: DicomFileContents): Files {
  const context = { origin, created, newUid, modelHash: report.model.segmenter.sha256 }
  const segmentation = createSegmentation(ears, context, { deflateLarge })
  return {
    'segmentation.dcm': segmentation.bytes,
    'report.dcm': createMeasurementReport(report, segmentation, context),
    ...(pdf !== undefined && { 'report-pdf.dcm': encapsulatePdf(pdf, context) })
  }
}
