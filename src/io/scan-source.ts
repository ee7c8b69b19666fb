import type { Side } from '../core/anatomy.ts'
import type { Scan } from '../core/volume.ts'
import type { DicomOrigin } from './dicom/origin.ts'

/** The kinds of input a scan can come from. */
export type ScanFormat = 'nifti' | 'nrrd' | 'metaimage' | 'dicom'

/** What identifies the DICOM series a scan was read from. */
export interface SeriesSource {
  /** SeriesInstanceUID. */
  readonly uid: string
  readonly number: string
  readonly description: string
  /** SliceThickness in mm as the scanner recorded it; slices may overlap. */
  readonly sliceThickness?: number
  /** The side of the body that the scanner recorded it to show. */
  readonly laterality?: Side
}

/** Where a scan came from. */
export interface ScanSource {
  readonly path: string
  readonly format: ScanFormat
  readonly series?: SeriesSource
  /** What a reader should know although the scan could be read, such as objects in the folder that were left out. */
  readonly notes: readonly string[]
}

/** A scan and where it came from. */
export interface LoadedScan {
  readonly scan: Scan
  readonly source: ScanSource
  /** Of a scan from DICOM: the patient, study and images that results refer to. */
  readonly origin?: DicomOrigin
}
