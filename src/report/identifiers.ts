import { printable } from '../core/printable.ts'
import type { DicomOrigin } from '../io/dicom/origin.ts'

/** DICOM keyword of an attribute that identifies patient or study. */
export type IdentifierKeyword =
  | 'PatientName'
  | 'PatientID'
  | 'PatientBirthDate'
  | 'PatientSex'
  | 'StudyInstanceUID'
  | 'StudyDate'
  | 'StudyDescription'
  | 'AccessionNumber'

/** In the order they are shown. */
const keywords: readonly IdentifierKeyword[] = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyInstanceUID',
  'StudyDate',
  'StudyDescription',
  'AccessionNumber'
]

/** Values of attributes that identify patient and study, by DICOM keyword. */
export type Identifiers = Readonly<Partial<Record<IdentifierKeyword, string>>>

/** Identifiers of patient and study in a scan's header; none for a scan that is not from DICOM. */
export function identifiersOf(origin: DicomOrigin | undefined): Identifiers {
  const found = keywords.flatMap((keyword) => {
    const value = origin?.attributes[keyword]
    return typeof value === 'string' && value.trim() !== '' ? [[keyword, printable(value.trim())] as const] : []
  })
  return Object.fromEntries(found)
}
