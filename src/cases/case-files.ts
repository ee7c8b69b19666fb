import { InputError } from '../core/errors.ts'
import type { LabelNumbers } from './label-numbers.ts'

/** Where the files of one case are; null where there is none. Plain data, which may go to another thread. */
export interface CaseFiles {
  /** The case's name, unlike that of any other beside it. */
  readonly id: string
  /** An image file, or a folder with a DICOM series. */
  readonly scan: string | null
  /** Where the scan belongs in the layout the case is found in, in one of the formats it may have. */
  readonly scanPlace: string
  readonly labels: string | null
  /** What the numbers in the labels mean; null where they are those of the anatomy table. */
  readonly labelNumbers: LabelNumbers | null
  /** 3D Slicer markups. */
  readonly markups: string | null
  /** `truth.json`: sides and landmarks. */
  readonly truth: string | null
}

/** The files of a case's folder, as they are written; scan and labels are read under any ending of an image. */
export const caseFileNames = {
  scan: 'ct.nii.gz',
  labels: 'labels.nii.gz',
  markups: 'landmarks.mrk.json',
  truth: 'truth.json'
} as const

/** Names, without their endings, of a case folder's scan (a file or a folder) and labels. */
export const caseStems = { scan: 'ct', labels: 'labels' } as const

/** The scan of a case. @throws InputError where there is none, which says where it belongs */
export function scanOf({ id, scan, scanPlace }: CaseFiles): string {
  if (scan !== null) return scan
  throw new InputError(
    scanPlace,
    `is missing, the scan of case ${id}; put it there, under this name with the ending of any image that is read`
  )
}
