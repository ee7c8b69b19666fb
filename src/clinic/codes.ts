import { type LandmarkId, parts, type Side } from '../core/anatomy.ts'
import type { Dataset } from './dicom/encode-dataset.ts'

/**
 * A coded concept. `99OTOMARK` is our own scheme, for what has no code that could be verified; its meaning says all.
 */
export interface CodedConcept {
  readonly scheme: 'SCT' | 'MSH' | 'DCM' | 'UCUM' | 'LN' | 'RFC5646' | 'ISO3166_1' | '99OTOMARK'
  /** At most 16 characters. */
  readonly value: string
  /** At most 64 characters. */
  readonly meaning: string
}

/** The identification of our own scheme, for Coding Scheme Identification Sequence. */
export const ownScheme: Dataset = {
  CodingSchemeDesignator: '99OTOMARK',
  CodingSchemeName: 'otomark: measurements and parts of the inner ear',
  CodingSchemeResponsibleOrganization: 'otomark'
}

/** A concept as an item of a code sequence. */
export function codeItem({ scheme, value, meaning }: CodedConcept): Dataset {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }
}

/** A concept of the DICOM Controlled Terminology (PS3.16, annex D). */
function dcm(value: string, meaning: string): CodedConcept {
  return { scheme: 'DCM', value, meaning }
}

function sct(value: string, meaning: string): CodedConcept {
  return { scheme: 'SCT', value, meaning }
}

export function own(value: string, meaning: string): CodedConcept {
  return { scheme: '99OTOMARK', value, meaning }
}

/** Every concept of the DICOM Controlled Terminology that otomark writes. */
export const dicomConcepts = {
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmParameters: dcm('111002', 'Algorithm Parameters'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  imageLibrary: dcm('111028', 'Image Library'),
  imageRegion: dcm('111030', 'Image Region'),
  trackingIdentifier: dcm('112039', 'Tracking Identifier'),
  trackingUniqueIdentifier: dcm('112040', 'Tracking Unique Identifier'),
  frameOfReferenceUid: dcm('112227', 'Frame of Reference UID'),
  segmentation: dcm('113076', 'Segmentation'),
  deviceManufacturer: dcm('113878', 'Device Manufacturer'),
  deviceModelName: dcm('113879', 'Device Model Name'),
  observerType: dcm('121005', 'Observer Type'),
  device: dcm('121007', 'Device'),
  deviceObserverUid: dcm('121012', 'Device Observer UID'),
  deviceObserverName: dcm('121013', 'Device Observer Name'),
  deviceObserverManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceObserverModelName: dcm('121015', 'Device Observer Model Name'),
  deviceObserverSerialNumber: dcm('121016', 'Device Observer Serial Number'),
  countryOfLanguage: dcm('121046', 'Country of Language'),
  languageOfContentItemAndDescendants: dcm('121049', 'Language of Content Item and Descendants'),
  procedureReported: dcm('121058', 'Procedure reported'),
  finding: dcm('121071', 'Finding'),
  comment: dcm('121106', 'Comment'),
  modality: dcm('121139', 'Modality'),
  referencedSegment: dcm('121191', 'Referenced Segment'),
  sourceSeriesForSegmentation: dcm('121232', 'Source series for segmentation'),
  sourceImageForImageProcessingOperation: dcm('121322', 'Source image for image processing operation'),
  manualProcessing: dcm('123109', 'Manual Processing'),
  artificialIntelligence: dcm('123110', 'Artificial Intelligence'),
  measurementGroup: dcm('125007', 'Measurement Group'),
  imagingMeasurementReport: dcm('126000', 'Imaging Measurement Report'),
  imagingMeasurements: dcm('126010', 'Imaging Measurements'),
  imageLibraryGroup: dcm('126200', 'Image Library Group'),
  computedTomography: dcm('CT', 'Computed Tomography')
} as const

/** PS3.16, CID 7150. */
export const anatomicalStructure = sct('91723000', 'Anatomical Structure')

/** PS3.16, CID 4028. */
export const innerEar = sct('22945000', 'Inner ear')

/** PS3.16, TID 1411 and 1419: concepts of SNOMED CT that items of a report are named by. */
export const itemCodes = {
  findingCategory: sct('276214006', 'Finding category'),
  findingSite: sct('363698007', 'Finding Site'),
  laterality: sct('272741003', 'Laterality'),
  measurementMethod: sct('370129005', 'Measurement Method')
} as const

/** PS3.16, CID 7469: the volume of what a group is about. */
export const volume = sct('118565006', 'Volume')

/** PS3.16, CID 244. */
export const lateralityCodes: Readonly<Record<Side, CodedConcept>> = {
  left: sct('7771000', 'Left'),
  right: sct('24028007', 'Right')
}

/** What a part is, by its label. */
export const partCodes: ReadonlyMap<number, CodedConcept> = new Map(parts.map(({ label, code }) => [label, code]))

/**
 * Helicotrema: SNOMED CT, Structure of helicotrema. No code of the windows themselves, rather than of the entire ones,
 * could be verified.
 */
export const landmarkCodes: Readonly<Record<LandmarkId, CodedConcept>> = {
  helicotrema: sct('10584009', 'Structure of helicotrema'),
  oval_window: own('OVALWINDOW', 'Oval window'),
  round_window: own('ROUNDWINDOW', 'Round window, centre of its niche')
}

/** Of the language a report is written in. */
export const languageCodes = {
  english: { scheme: 'RFC5646', value: 'en-US', meaning: 'English (United States)' },
  unitedStates: { scheme: 'ISO3166_1', value: 'US', meaning: 'United States' }
} as const satisfies Readonly<Record<string, CodedConcept>>

/** LOINC: what was done, where the scan does not say of which region it is. */
export const ctOfUnspecifiedRegion: CodedConcept = {
  scheme: 'LN',
  value: '25045-6',
  meaning: 'CT unspecified body region'
}

/** UCUM, by the unit of a quantity; scores and what is counted have none. */
export const unitCodes = {
  mm: { scheme: 'UCUM', value: 'mm', meaning: 'millimeter' },
  'mm³': { scheme: 'UCUM', value: 'mm3', meaning: 'cubic millimeter' },
  '°': { scheme: 'UCUM', value: 'deg', meaning: 'degree' },
  Hz: { scheme: 'UCUM', value: 'Hz', meaning: 'hertz' },
  turns: { scheme: 'UCUM', value: '{turns}', meaning: 'turns' },
  score: { scheme: 'UCUM', value: '1', meaning: 'no units' }
} as const satisfies Readonly<Record<string, CodedConcept>>
