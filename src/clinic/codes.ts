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
export function dcm(value: string, meaning: string): CodedConcept {
  return { scheme: 'DCM', value, meaning }
}

export function sct(value: string, meaning: string): CodedConcept {
  return { scheme: 'SCT', value, meaning }
}

export function own(value: string, meaning: string): CodedConcept {
  return { scheme: '99OTOMARK', value, meaning }
}

/** PS3.16, CID 7150. */
export const anatomicalStructure = sct('91723000', 'Anatomical Structure')

/** PS3.16, CID 4028. */
export const innerEar = sct('22945000', 'Inner ear')

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

/** UCUM, by the unit of a quantity; scores and what is counted have none. */
export const unitCodes = {
  mm: { scheme: 'UCUM', value: 'mm', meaning: 'millimeter' },
  'mm³': { scheme: 'UCUM', value: 'mm3', meaning: 'cubic millimeter' },
  '°': { scheme: 'UCUM', value: 'deg', meaning: 'degree' },
  Hz: { scheme: 'UCUM', value: 'Hz', meaning: 'hertz' },
  turns: { scheme: 'UCUM', value: '{turns}', meaning: 'turns' },
  score: { scheme: 'UCUM', value: '1', meaning: 'no units' }
} as const satisfies Readonly<Record<string, CodedConcept>>
