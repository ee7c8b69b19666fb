import { parts, type Side } from '../../core/anatomy.ts'
import { median } from '../../core/math/quantile.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Volume } from '../../core/volume.ts'
import type { SourcePlane } from '../../io/dicom/origin.ts'
import { anatomicalStructure, type CodedConcept, codeItem, dicomConcepts, innerEar, lateralityCodes } from '../codes.ts'
import { decimalString } from '../dicom/decimal-string.ts'
import { type Dataset, encodeDataset } from '../dicom/encode-dataset.ts'
import {
  frameOfReference,
  lossyCompression,
  patientAndStudy,
  type ResultContext,
  seriesAndEquipment
} from '../dicom/modules.ts'
import { dicomCielab } from './cielab.ts'
import { BitPacker } from './pack-bits.ts'
import { heightAbove, pixelsOnPlane } from './plane-mask.ts'

export const segmentationStorage = '1.2.840.10008.5.1.4.1.1.66.4'

/** One ear's labels: numbers of the anatomy table in a box of the scan's voxels. */
export interface LabelledEar {
  readonly side: Side
  readonly labels: Volume<Uint8Array>
  /** Whether a person has changed the labels. */
  readonly isPainted?: boolean
}

/** A segment: one part of one ear. */
export interface Segment {
  /** From 1. */
  readonly number: number
  readonly side: Side
  readonly label: number
  readonly code: CodedConcept
  readonly trackingId: string
  readonly trackingUid: string
  readonly isPainted: boolean
}

/** A segmentation as a file, and what a report refers to in it. */
export interface Segmentation {
  readonly bytes: Uint8Array
  readonly sopInstance: string
  readonly seriesUid: string
  readonly segments: readonly Segment[]
}

export interface SegmentationOptions {
  /** Whether one of more than 8 MB of pixels, which are nearly all empty, is compressed as a whole. */
  readonly deflateLarge?: boolean
}

/** Bytes of pixels beyond which a segmentation is large. */
const largePixels = 8e6

/** A frame: where one segment is seen on one plane. */
interface Frame {
  readonly segment: Segment
  readonly plane: SourcePlane
}

/**
 * The parts of all ears as DICOM Segmentation (PS3.3, A.51), BINARY: a segment for each part of each ear, a frame for
 * each plane of the source on which it is seen, in the pixels of that plane.
 */
export function createSegmentation(
  ears: readonly LabelledEar[],
  context: ResultContext,
  { deflateLarge = false }: SegmentationOptions = {}
): Segmentation {
  const { origin, newUid } = context
  const model = origin.planes[0]
  if (model === undefined) throw new RangeError('a segmentation needs the planes of its source')
  const segments = segmentsOf(ears, newUid)
  const { frames, pixels } = framesOf(ears, segments, origin.planes)
  const dimensions = newUid()
  const dataset: Dataset = {
    ...patientAndStudy(origin),
    ...frameOfReference(origin),
    ...lossyCompression(origin),
    ...seriesAndEquipment(context, { modality: 'SEG', number: 8701, description: 'inner ear (research only)' }),
    SOPClassUID: segmentationStorage,
    ImageType: ['DERIVED', 'PRIMARY'],
    ContentLabel: 'INNER_EAR',
    ContentDescription: 'Inner ear outlined by otomark; research software',
    ContentCreatorName: '',
    SegmentationType: 'BINARY',
    SegmentsOverlap: 'NO',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: model.rows,
    Columns: model.columns,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    NumberOfFrames: String(frames.length),
    SegmentSequence: segments.map((segment) => describeSegment(segment, context)),
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimensions }],
    DimensionIndexSequence: [
      dimension(dimensions, 0x0062000b, 0x0062000a, 'ReferencedSegmentNumber'),
      dimension(dimensions, 0x00200032, 0x00209113, 'ImagePositionPatient')
    ],
    SharedFunctionalGroupsSequence: [
      {
        PlaneOrientationSequence: [
          { ImageOrientationPatient: [...model.rowDirection, ...model.columnDirection].map(decimalString) }
        ],
        PixelMeasuresSequence: [pixelMeasures(origin.planes)]
      }
    ],
    PerFrameFunctionalGroupsSequence: describeFrames(frames),
    ReferencedSeriesSequence: [
      { SeriesInstanceUID: origin.seriesUid, ReferencedInstanceSequence: instancesOf(origin.planes) }
    ],
    PixelData: pixels
  }
  return {
    bytes: encodeDataset(dataset, { deflate: deflateLarge && pixels.length > largePixels }),
    sopInstance: String(dataset.SOPInstanceUID),
    seriesUid: String(dataset.SeriesInstanceUID),
    segments
  }
}

/** The objects that hold planes, each once, as items of a sequence of references. */
export function instancesOf(planes: readonly SourcePlane[]): readonly Dataset[] {
  const classes = new Map(planes.map(({ sopInstance, sopClass }) => [sopInstance, sopClass]))
  return [...classes].map(([sopInstance, sopClass]) => ({
    ReferencedSOPClassUID: sopClass,
    ReferencedSOPInstanceUID: sopInstance
  }))
}

function segmentsOf(ears: readonly LabelledEar[], newUid: () => string): readonly Segment[] {
  return ears.flatMap(({ side, isPainted = false }, ear) =>
    parts.map(({ label, id, code }, part) => ({
      number: ear * parts.length + part + 1,
      side,
      label,
      code,
      trackingId: `otomark ${side} ${id}`,
      trackingUid: newUid(),
      isPainted
    }))
  )
}

function framesOf(
  ears: readonly LabelledEar[],
  segments: readonly Segment[],
  planes: readonly SourcePlane[]
): { readonly frames: readonly Frame[]; readonly pixels: Uint8Array } {
  const seen = ears.flatMap(({ side, labels }) =>
    planes.map((plane) => ({ side, plane, byLabel: pixelsOnPlane(labels, plane) }))
  )
  const frames = segments.flatMap((segment) =>
    seen.flatMap(({ side, plane, byLabel }) => {
      const covered = side === segment.side ? byLabel.get(segment.label) : undefined
      return covered === undefined ? [] : [{ segment, plane, covered }]
    })
  )
  const sizes = frames.map(({ plane }) => plane.columns * plane.rows)
  const packer = new BitPacker(sizes.reduce((sum, size) => sum + size, 0))
  for (const [n, { covered }] of frames.entries()) packer.add(sizes[n] as number, covered)
  return { frames, pixels: packer.bytes }
}

function describeSegment(
  { number, side, label, code, trackingId, trackingUid, isPainted }: Segment,
  context: ResultContext
) {
  const part = parts.find((candidate) => candidate.label === label)
  const name = `${part?.name ?? ''}, ${side}`
  return {
    SegmentNumber: number,
    SegmentLabel: name,
    SegmentDescription: `${name} ear`,
    SegmentAlgorithmType: isPainted ? 'SEMIAUTOMATIC' : 'AUTOMATIC',
    SegmentAlgorithmName: `otomark ${softwareVersion}`,
    SegmentationAlgorithmIdentificationSequence: [
      {
        AlgorithmFamilyCodeSequence: [codeItem(dicomConcepts.artificialIntelligence)],
        AlgorithmName: 'otomark',
        AlgorithmVersion: softwareVersion,
        AlgorithmParameters: `segmenter SHA-256 ${context.modelHash}`,
        AlgorithmSource: 'otomark'
      }
    ],
    RecommendedDisplayCIELabValue: dicomCielab(part?.color ?? [255, 255, 255]),
    TrackingID: trackingId,
    TrackingUID: trackingUid,
    AnatomicRegionSequence: [codeItem(innerEar)],
    SegmentedPropertyCategoryCodeSequence: [codeItem(anatomicalStructure)],
    SegmentedPropertyTypeCodeSequence: [
      { ...codeItem(code), SegmentedPropertyTypeModifierCodeSequence: [codeItem(lateralityCodes[side])] }
    ]
  } satisfies Dataset
}

function dimension(organization: string, attribute: number, group: number, label: string): Dataset {
  return {
    DimensionOrganizationUID: organization,
    DimensionIndexPointer: attribute,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label
  }
}

/** Spacing Between Slices is left out where slices do not lie evenly. */
function pixelMeasures(planes: readonly SourcePlane[]): Dataset {
  const model = planes[0] as SourcePlane
  const heights = planes.map((plane) => heightAbove(model, plane))
  const steps = heights.slice(1).map((height, n) => height - (heights[n] as number))
  const step = steps.length === 0 ? undefined : median(steps)
  const even = step !== undefined && steps.every((one) => Math.abs(one - step) < 0.01 * step)
  return {
    SliceThickness: decimalString(model.thickness ?? step ?? model.rowSpacing),
    ...(even && { SpacingBetweenSlices: decimalString(step) }),
    PixelSpacing: [decimalString(model.rowSpacing), decimalString(model.columnSpacing)]
  }
}

function describeFrames(frames: readonly Frame[]): readonly Dataset[] {
  const base = frames[0]?.plane
  const height = new Map(frames.map(({ plane }) => [plane, base === undefined ? 0 : heightAbove(base, plane)] as const))
  const order = [...height.keys()].sort((a, b) => (height.get(a) ?? 0) - (height.get(b) ?? 0))
  const rank = new Map(order.map((plane, n) => [plane, n + 1]))
  return frames.map(({ segment, plane }) => ({
    FrameContentSequence: [{ DimensionIndexValues: [segment.number, rank.get(plane) ?? 1] }],
    PlanePositionSequence: [{ ImagePositionPatient: plane.position.map(decimalString) }],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment.number }],
    DerivationImageSequence: [
      {
        DerivationCodeSequence: [codeItem(dicomConcepts.segmentation)],
        SourceImageSequence: [
          {
            ReferencedSOPClassUID: plane.sopClass,
            ReferencedSOPInstanceUID: plane.sopInstance,
            ReferencedFrameNumber: plane.frame === undefined ? undefined : String(plane.frame),
            SpatialLocationsPreserved: 'YES',
            PurposeOfReferenceCodeSequence: [codeItem(dicomConcepts.sourceImageForImageProcessingOperation)]
          }
        ]
      }
    ]
  }))
}
