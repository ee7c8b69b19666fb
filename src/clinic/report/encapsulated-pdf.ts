import { codeItem } from '../codes.ts'
import { type Dataset, encodeDataset } from '../dicom/encode-dataset.ts'
import { patientAndStudy, type ResultContext, seriesAndEquipment } from '../dicom/modules.ts'
import { instancesOf } from '../segmentation/segmentation.ts'
import { reportTitle } from './measurement-report.ts'

/** A PDF as an object of the study it reports on (PS3.3, A.45.1). */
export function encapsulatePdf(pdf: Uint8Array, context: ResultContext): Uint8Array {
  const { origin } = context
  const dataset: Dataset = {
    ...patientAndStudy(origin),
    ...seriesAndEquipment(context, { modality: 'DOC', number: 8703, description: 'report (research only)' }),
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.104.1',
    ConversionType: 'WSD',
    AcquisitionDateTime: '',
    // The page names the file and series it was made from.
    BurnedInAnnotation: 'YES',
    SourceInstanceSequence: instancesOf(origin.planes),
    DocumentTitle: 'otomark: inner ear report (research only)',
    ConceptNameCodeSequence: [codeItem(reportTitle)],
    MIMETypeOfEncapsulatedDocument: 'application/pdf',
    EncapsulatedDocumentLength: pdf.length,
    EncapsulatedDocument: pdf
  }
  return encodeDataset(dataset)
}
