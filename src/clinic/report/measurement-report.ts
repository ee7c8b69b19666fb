import { softwareVersion } from '../../core/version.ts'
import { codeItem, ctOfUnspecifiedRegion, dicomConcepts, languageCodes, ownScheme } from '../codes.ts'
import { type Dataset, encodeDataset } from '../dicom/encode-dataset.ts'
import { patientAndStudy, type ResultContext, seriesAndEquipment } from '../dicom/modules.ts'
import { instancesOf, type Segmentation, segmentationStorage } from '../segmentation/segmentation.ts'
import { coded, container, image, templateItem, text, uidReference } from './content-item.ts'
import type { ReportContents } from './contents.ts'
import { measurementGroups } from './measurement-groups.ts'

const comprehensive3dStorage = '1.2.840.10008.5.1.4.1.1.88.34'

/** Stands for otomark as an observer, whatever its version. */
const deviceUid = '2.25.257458291961959971346821729704205838914'

/** The title of the report, and of the PDF beside it. */
export const reportTitle = dicomConcepts.imagingMeasurementReport

/**
 * Measurements, landmarks and flags as Comprehensive 3D SR (PS3.3, A.35.13) of TID 1500, Measurement Report.
 * @param segmentation of the same ears, whose segments the report refers to
 */
export function createMeasurementReport(
  contents: ReportContents,
  segmentation: Segmentation,
  context: ResultContext
): Uint8Array {
  const { origin } = context
  const studyUid = String(origin.attributes.StudyInstanceUID)
  const dataset: Dataset = {
    ...patientAndStudy(origin),
    ...seriesAndEquipment(context, { modality: 'SR', number: 8702, description: 'measurements (research only)' }),
    SOPClassUID: comprehensive3dStorage,
    CodingSchemeIdentificationSequence: [ownScheme],
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    PreliminaryFlag: 'FINAL',
    CurrentRequestedProcedureEvidenceSequence: [
      {
        StudyInstanceUID: studyUid,
        ReferencedSeriesSequence: [
          { SeriesInstanceUID: origin.seriesUid, ReferencedSOPSequence: instancesOf(origin.planes) },
          {
            SeriesInstanceUID: segmentation.seriesUid,
            ReferencedSOPSequence: [
              {
                ReferencedSOPClassUID: segmentationStorage,
                ReferencedSOPInstanceUID: segmentation.sopInstance
              }
            ]
          }
        ]
      }
    ],
    ValueType: 'CONTAINER',
    ConceptNameCodeSequence: [codeItem(reportTitle)],
    ContinuityOfContent: 'SEPARATE',
    ContentTemplateSequence: [templateItem('1500')],
    ContentSequence: [
      ...observationContext(context),
      imageLibrary(context),
      container(
        'CONTAINS',
        dicomConcepts.imagingMeasurements,
        contents.ears.flatMap((ear) => measurementGroups(ear, contents, segmentation, context))
      ),
      text('CONTAINS', dicomConcepts.comment, contents.notice),
      ...Object.entries(contents.model).map(([role, { name, sha256 }]) =>
        text('CONTAINS', dicomConcepts.comment, `${role} ${name}, SHA-256 ${sha256}`)
      )
    ]
  }
  return encodeDataset(dataset)
}

/** In which language, and by which device, the report was made (TID 1204, 1001, 1004). */
function observationContext({ modelHash }: ResultContext): readonly Dataset[] {
  return [
    coded('HAS CONCEPT MOD', dicomConcepts.languageOfContentItemAndDescendants, languageCodes.english, [
      coded('HAS CONCEPT MOD', dicomConcepts.countryOfLanguage, languageCodes.unitedStates)
    ]),
    coded('HAS OBS CONTEXT', dicomConcepts.observerType, dicomConcepts.device),
    uidReference('HAS OBS CONTEXT', dicomConcepts.deviceObserverUid, deviceUid),
    text('HAS OBS CONTEXT', dicomConcepts.deviceObserverName, 'otomark'),
    text('HAS OBS CONTEXT', dicomConcepts.deviceObserverManufacturer, 'otomark'),
    text('HAS OBS CONTEXT', dicomConcepts.deviceObserverModelName, `otomark ${softwareVersion}`),
    text('HAS OBS CONTEXT', dicomConcepts.deviceObserverSerialNumber, modelHash),
    coded('HAS CONCEPT MOD', dicomConcepts.procedureReported, ctOfUnspecifiedRegion)
  ]
}

/** The images it was measured in (TID 1600). */
function imageLibrary({ origin }: ResultContext): Dataset {
  const instances = new Map<string, { readonly sopClass: string; readonly frames: number[] }>()
  for (const { sopInstance, sopClass, frame } of origin.planes) {
    const known = instances.get(sopInstance) ?? { sopClass, frames: [] }
    if (frame !== undefined) known.frames.push(frame)
    instances.set(sopInstance, known)
  }
  const modality = coded('HAS ACQ CONTEXT', dicomConcepts.modality, dicomConcepts.computedTomography)
  const frame = uidReference(
    'HAS ACQ CONTEXT',
    dicomConcepts.frameOfReferenceUid,
    String(origin.attributes.FrameOfReferenceUID)
  )
  const images = [...instances].map(([sopInstance, { sopClass, frames }]) =>
    image(undefined, { sopInstance, sopClass, ...(frames.length > 0 && { frames: frames.toSorted((a, b) => a - b) }) })
  )
  return container('CONTAINS', dicomConcepts.imageLibrary, [
    container('CONTAINS', dicomConcepts.imageLibraryGroup, [modality, frame, ...images])
  ])
}
