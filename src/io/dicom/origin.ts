import type { DataSet, Element } from 'dicom-parser'
import { itemsOf } from './elements.ts'
import type { CtSlice } from './slice.ts'
import { decodeText } from './text.ts'

/** An image plane of a DICOM series: a slice, or a frame of a multi-frame object. */
export interface SourcePlane
  extends Pick<
    CtSlice,
    'sopClass' | 'columns' | 'rows' | 'position' | 'rowDirection' | 'columnDirection' | 'columnSpacing' | 'rowSpacing'
  > {
  readonly sopInstance: string
  /** Its number among the frames of a multi-frame object, from 1; none in an object of one frame. */
  readonly frame?: number
  /** Nominal thickness in mm, if the scanner recorded it. */
  readonly thickness?: number
}

/** Values of attributes by their DICOM keyword: text as it is written there, or the items of a sequence. */
export interface CopiedAttributes {
  readonly [keyword: string]: string | readonly CopiedAttributes[]
}

/** Where in a hospital's records a scan belongs: what a DICOM object that is derived from it has to repeat. */
export interface DicomOrigin {
  readonly seriesUid: string
  /** Of patient, study and frame of reference, decoded from the character set of the source. */
  readonly attributes: CopiedAttributes
  /** As they were acquired, from the lowest along their normal. */
  readonly planes: readonly SourcePlane[]
}

/** Attributes that are repeated, by tag (PS3.3, C.7.1, C.7.2, C.7.4.1, C.7.6.1.1.5 and C.12.1). */
const copied: Readonly<Record<string, string>> = {
  x00080020: 'StudyDate',
  x00080030: 'StudyTime',
  x00080050: 'AccessionNumber',
  x00080090: 'ReferringPhysicianName',
  x00080201: 'TimezoneOffsetFromUTC',
  x00081030: 'StudyDescription',
  x00100010: 'PatientName',
  x00100020: 'PatientID',
  x00100021: 'IssuerOfPatientID',
  x00100030: 'PatientBirthDate',
  x00100040: 'PatientSex',
  x00101010: 'PatientAge',
  x00101020: 'PatientSize',
  x00101030: 'PatientWeight',
  x00120010: 'ClinicalTrialSponsorName',
  x00120020: 'ClinicalTrialProtocolID',
  x00120021: 'ClinicalTrialProtocolName',
  x00120030: 'ClinicalTrialSiteID',
  x00120031: 'ClinicalTrialSiteName',
  x00120040: 'ClinicalTrialSubjectID',
  x00120042: 'ClinicalTrialSubjectReadingID',
  x00120062: 'PatientIdentityRemoved',
  x00120063: 'DeidentificationMethod',
  x00120064: 'DeidentificationMethodCodeSequence',
  x00180015: 'BodyPartExamined',
  x0020000d: 'StudyInstanceUID',
  x00200010: 'StudyID',
  x00200052: 'FrameOfReferenceUID',
  x00201040: 'PositionReferenceIndicator',
  x00280303: 'LongitudinalTemporalInformationModified',
  x00282110: 'LossyImageCompression',
  x00282112: 'LossyImageCompressionRatio',
  x00282114: 'LossyImageCompressionMethod'
}

/** Attributes of the items of sequences among them. */
const code: Readonly<Record<string, string>> = {
  x00080100: 'CodeValue',
  x00080102: 'CodingSchemeDesignator',
  x00080103: 'CodingSchemeVersion',
  x00080104: 'CodeMeaning'
}

/**
 * What a derived object repeats of its source.
 * @param data the header of one of the files
 * @param slices of the scan, in order
 */
export function originOf(data: DataSet, slices: readonly CtSlice[]): DicomOrigin {
  return {
    seriesUid: slices[0]?.seriesUid ?? '',
    attributes: copyAttributes(data, copied, data.string('x00080005') ?? ''),
    planes: slices.map((slice) => ({
      sopClass: slice.sopClass,
      sopInstance: slice.instanceUid,
      ...(slice.frames > 1 && { frame: slice.frame + 1 }),
      columns: slice.columns,
      rows: slice.rows,
      position: slice.position,
      rowDirection: slice.rowDirection,
      columnDirection: slice.columnDirection,
      columnSpacing: slice.columnSpacing,
      rowSpacing: slice.rowSpacing,
      ...(slice.thickness !== undefined && { thickness: slice.thickness })
    }))
  }
}

function copyAttributes(data: DataSet, known: Readonly<Record<string, string>>, sets: string): CopiedAttributes {
  const found: Record<string, string | readonly CopiedAttributes[]> = {}
  for (const [tag, keyword] of Object.entries(known)) {
    const element = data.elements[tag]
    if (element === undefined) continue
    if (!keyword.endsWith('Sequence')) found[keyword] = textIn(data, element, sets)
    else found[keyword] = itemsOf(data, tag).map((item) => copyAttributes(item, code, sets))
  }
  return found
}

/** A value without the padding that makes its length even. */
function textIn(data: DataSet, { dataOffset, length }: Element, sets: string): string {
  return decodeText(data.byteArray.subarray(dataOffset, dataOffset + length), sets).replace(/[\0 ]+$/, '')
}
