import { landmarkKinds, type PartId, parts } from '../../core/anatomy.ts'
import { quantities } from '../../measure/catalogue.ts'
import {
  anatomicalStructure,
  type CodedConcept,
  dicomConcepts,
  innerEar,
  itemCodes,
  landmarkCodes,
  own,
  unitCodes
} from '../codes.ts'
import type { Dataset } from '../dicom/encode-dataset.ts'
import type { ResultContext } from '../dicom/modules.ts'
import { type Segment, type Segmentation, segmentationStorage } from '../segmentation/segmentation.ts'
import { coded, container, image, numeric, point, text, uidReference } from './content-item.ts'
import type { ReportContents, ReportedEar, ReportedFlag, ReportedMeasurement } from './contents.ts'
import { electrodeGroups } from './electrode-groups.ts'
import { comment, finding, imageRegion, measuredBy, measurementGroup, setBy, site, tracking } from './group-items.ts'
import {
  confidenceCode,
  flagCodes,
  intervalCodes,
  measurementCodes,
  methodCodes,
  otherFlag,
  severityCodes,
  sideConfidenceCode
} from './measurement-codes.ts'

/**
 * The groups of one ear: a volumetric one for each part (TID 1411), a planar one for each landmark that is defined
 * and each contact of an electrode array (TID 1410), one for that array, and one for the ear as a whole with its flags (TID 1501).
 */
export function measurementGroups(
  ear: ReportedEar,
  contents: ReportContents,
  segmentation: Segmentation,
  context: ResultContext
): readonly Dataset[] {
  const flags = contents.flags.filter(({ side }) => side === undefined || side === ear.side)
  return [
    ...segmentation.segments
      .filter(({ side }) => side === ear.side)
      .map((segment) => partGroup(ear, segment, segmentation, context)),
    ...landmarkGroups(ear, context),
    ...electrodeGroups(ear, context),
    wholeEarGroup(ear, flags, context)
  ]
}

function partGroup(
  ear: ReportedEar,
  segment: Segment,
  segmentation: Segmentation,
  { origin, modelHash }: ResultContext
): Dataset {
  const id = parts.find(({ label }) => label === segment.label)?.id
  const reference = {
    sopClass: segmentationStorage,
    sopInstance: segmentation.sopInstance,
    segment: segment.number
  }
  return container(
    'CONTAINS',
    measurementGroup,
    [
      ...tracking(segment.trackingId, segment.trackingUid),
      coded('CONTAINS', itemCodes.findingCategory, anatomicalStructure),
      coded('CONTAINS', finding, segment.code),
      image(dicomConcepts.referencedSegment, reference),
      uidReference('CONTAINS', dicomConcepts.sourceSeriesForSegmentation, origin.seriesUid),
      site(segment.code, ear),
      ...setBy(segment.isPainted ? 'corrected' : undefined),
      ...ear.measurements.filter(({ id: one }) => partOf(one) === id).flatMap((one) => measurement(one, modelHash))
    ],
    '1411'
  )
}

function landmarkGroups(ear: ReportedEar, { origin, newUid }: ResultContext): readonly Dataset[] {
  return landmarkKinds.flatMap(({ id }) => {
    const landmark = ear.landmarks[id]
    if (landmark.status !== 'defined') return []
    const code = landmarkCodes[id]
    return [
      container(
        'CONTAINS',
        measurementGroup,
        [
          ...tracking(`otomark ${ear.side} ${id}`, newUid()),
          coded('CONTAINS', finding, code),
          site(code, ear),
          point(imageRegion, landmark.position, String(origin.attributes.FrameOfReferenceUID)),
          ...setBy(landmark.byHand && 'placed'),
          ...(landmark.byHand ? [] : [numeric('CONTAINS', confidenceCode, landmark.confidence, unitCodes.score)])
        ],
        '1410'
      )
    ]
  })
}

function wholeEarGroup(
  ear: ReportedEar,
  flags: readonly ReportedFlag[],
  { newUid, modelHash }: ResultContext
): Dataset {
  return container(
    'CONTAINS',
    measurementGroup,
    [
      ...tracking(`otomark ${ear.side} ear`, newUid()),
      coded('CONTAINS', finding, innerEar),
      site(innerEar, ear),
      ...ear.measurements.filter(({ id }) => partOf(id) === undefined).flatMap((one) => measurement(one, modelHash)),
      numeric('CONTAINS', sideConfidenceCode, ear.sideConfidence, unitCodes.score),
      ...flags.flatMap(({ id, severity, text: words }) => [
        coded('CONTAINS', flagCodes[id] ?? otherFlag, severityCodes[severity]),
        text('CONTAINS', comment, words)
      ])
    ],
    '1501'
  )
}

/** The part whose group a quantity stands in: the one part it is computed from; none of what concerns the whole ear. */
function partOf(quantity: string): PartId | undefined {
  const inputs = quantities.find(({ id }) => id === quantity)?.inputs ?? []
  if (inputs[0] === 'a_value') return 'cochlea'
  const from = parts.filter(({ id }) => inputs.includes(id))
  return from.length === 1 ? from[0]?.id : undefined
}

/** Nothing where the value cannot be measured. */
function measurement(measured: ReportedMeasurement, modelHash: string): readonly Dataset[] {
  const { id, unit, source, value, uncertainty } = measured
  if (value === null) return []
  const unitCode: CodedConcept = unitCodes[unit]
  return [
    numeric('CONTAINS', measurementCodes[id] ?? own(id.slice(0, 16).toUpperCase(), id.slice(0, 64)), value, unitCode, [
      ...measuredBy(methodCodes[source] ?? own('OTHER', 'Other'), modelHash),
      ...(uncertainty === undefined
        ? []
        : [
            numeric('HAS PROPERTIES', intervalCodes.low, uncertainty.low, unitCode),
            numeric('HAS PROPERTIES', intervalCodes.high, uncertainty.high, unitCode)
          ])
    ])
  ]
}
