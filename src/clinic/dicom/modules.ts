import { InputError } from '../../core/errors.ts'
import { softwareVersion } from '../../core/version.ts'
import type { CopiedAttributes, DicomOrigin } from '../../io/dicom/origin.ts'
import type { Dataset } from './encode-dataset.ts'
import type { NewUid } from './uid.ts'

/** What all objects of one result have in common. */
export interface ResultContext {
  readonly origin: DicomOrigin
  /** SHA-256 of the segmenter, which stands for the device's serial number. */
  readonly modelHash: string
  readonly created: Date
  readonly newUid: NewUid
}

/**
 * Makes sure that results of a scan can be written as DICOM.
 * @param source the scan, as the user named it
 * @throws InputError that says what is missing
 */
export function requireOrigin(source: string, format: string, origin: DicomOrigin | undefined): DicomOrigin {
  if (origin === undefined) {
    const name = { nifti: 'NIfTI', nrrd: 'NRRD', metaimage: 'MetaImage' }[format] ?? format
    throw new InputError(
      source,
      `results cannot be written as DICOM: a ${name} file names no patient, study and images that they would refer to; ` +
        'give the DICOM series it was made from, or leave out --dicom'
    )
  }
  const lacking = missingUids(origin)
  if (lacking.length === 0) return origin
  throw new InputError(
    source,
    `results cannot be written as DICOM: its images have no ${lacking.join(', no ')}, which results must refer to`
  )
}

/** What results must refer to and images lack; nothing for almost all. */
export function missingUids({ attributes, seriesUid, planes }: DicomOrigin): readonly string[] {
  return [
    ...(attributes.StudyInstanceUID ? [] : ['Study Instance UID']),
    ...(seriesUid === '' ? ['Series Instance UID'] : []),
    ...(attributes.FrameOfReferenceUID ? [] : ['Frame of Reference UID']),
    ...(planes.some(({ sopInstance, sopClass }) => sopInstance === '' || sopClass === '') ? ['SOP Instance UID'] : [])
  ]
}

/** Only what belongs to an image and its place, not to patient and study. */
const ofImages = [
  'BodyPartExamined',
  'FrameOfReferenceUID',
  'PositionReferenceIndicator',
  'LossyImageCompression',
  'LossyImageCompressionRatio',
  'LossyImageCompressionMethod'
]

/** Patient and study as the source has them; what must be there and is not stays empty. */
export function patientAndStudy({ attributes }: DicomOrigin): Dataset {
  const rest = Object.entries(attributes).filter(([keyword]) => !ofImages.includes(keyword))
  return {
    PatientName: '',
    PatientID: '',
    PatientBirthDate: '',
    PatientSex: '',
    StudyDate: '',
    StudyTime: '',
    ReferringPhysicianName: '',
    StudyID: '',
    AccessionNumber: '',
    ...separated(Object.fromEntries(rest))
  }
}

/** Where in the body; Position Reference Indicator must be there, empty or not (PS3.3, C.7.4.1). */
export function frameOfReference({ attributes }: DicomOrigin): Dataset {
  return { PositionReferenceIndicator: '', ...separated(pick(attributes, ofImages.slice(0, 3))) }
}

/** That pixels were once compressed with loss stays known in all that comes of them. */
export function lossyCompression({ attributes }: DicomOrigin): Dataset {
  return { LossyImageCompression: '00', ...separated(pick(attributes, ofImages.slice(3))) }
}

/** The device that made the object, and the series and instance it is. */
export function seriesAndEquipment(
  { modelHash, newUid, created, origin }: ResultContext,
  series: { readonly modality: string; readonly number: number; readonly description: string }
): Dataset {
  const { date, time } = dicomTime(created, textOf(origin.attributes.TimezoneOffsetFromUTC))
  return {
    Modality: series.modality,
    SeriesInstanceUID: newUid(),
    SeriesNumber: String(series.number),
    SeriesDescription: `otomark ${softwareVersion}: ${series.description}`,
    SeriesDate: date,
    SeriesTime: time,
    ContentDate: date,
    ContentTime: time,
    Manufacturer: 'otomark',
    ManufacturerModelName: 'otomark',
    DeviceSerialNumber: modelHash,
    SoftwareVersions: softwareVersion,
    SOPInstanceUID: newUid(),
    InstanceNumber: '1'
  }
}

/** Date and time of day, in the zone the object names, such as `+0900`, or in this machine's. */
export function dicomTime(moment: Date, zone = ''): { readonly date: string; readonly time: string } {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(zone) ?? []
  const offset =
    hours === undefined ? -moment.getTimezoneOffset() : Number(`${sign}1`) * (60 * Number(hours) + Number(minutes))
  const digits = new Date(moment.getTime() + offset * 60_000).toISOString().replace(/\D/g, '')
  return { date: digits.slice(0, 8), time: digits.slice(8, 14) }
}

function pick(attributes: CopiedAttributes, keywords: readonly string[]): CopiedAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([keyword]) => keywords.includes(keyword)))
}

/** Several values, which backslashes part, one by one. */
function separated(attributes: CopiedAttributes): Dataset {
  const entries = Object.entries(attributes).map(([keyword, value]) => {
    if (typeof value !== 'string') return [keyword, value.map(separated)] as const
    return [keyword, value.includes('\\') ? value.split('\\') : value] as const
  })
  return Object.fromEntries(entries)
}

function textOf(value: CopiedAttributes[string] | undefined): string {
  return typeof value === 'string' ? value : ''
}
