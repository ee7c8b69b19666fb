import { printable } from '../core/printable.ts'
import type { DicomOrigin } from '../io/dicom/origin.ts'

/** What tells patient and study, by DICOM keyword, in the order it is shown. */
const keywords = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyInstanceUID',
  'StudyDate',
  'StudyDescription',
  'AccessionNumber'
] as const

/** Values of attributes that tell patient and study, by DICOM keyword. */
export type Identifiers = Readonly<Partial<Record<(typeof keywords)[number], string>>>

/** What a scan's header tells of patient and study; nothing for a scan that is not from DICOM. */
export function identifiersOf(origin: DicomOrigin | undefined): Identifiers {
  const found = keywords.flatMap((keyword) => {
    const value = origin?.attributes[keyword]
    return typeof value === 'string' && value.trim() !== '' ? [[keyword, printable(value.trim())] as const] : []
  })
  return Object.fromEntries(found)
}
