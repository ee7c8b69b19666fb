import { InputError } from '../core/errors.ts'
import type { Scan } from '../core/volume.ts'
import { decodeMetaImage } from './metaimage.ts'
import { decodeNifti } from './nifti/decode.ts'
import { decodeNrrd } from './nrrd.ts'
import type { ScanSource } from './scan-source.ts'
import type { DataFileReader } from './stored-voxels.ts'

/**
 * The image in a NIfTI, NRRD or MetaImage file, by the file's extension; undefined for any other.
 * @param path the file's name, for messages
 * @param readDataFile reads a file that the header names, beside the file
 */
export async function decodeImage(
  path: string,
  bytes: Uint8Array,
  readDataFile?: DataFileReader
): Promise<{ readonly image: Scan; readonly format: ScanSource['format'] } | undefined> {
  switch (extensionOf(path)) {
    case '.nii':
    case '.nii.gz':
      return { format: 'nifti', image: await decodeNifti(bytes, path) }
    case '.nrrd':
    case '.nhdr':
      return { format: 'nrrd', image: await decodeNrrd(bytes, path, readDataFile) }
    case '.mha':
    case '.mhd':
      return { format: 'metaimage', image: await decodeMetaImage(bytes, path, readDataFile) }
    default:
      return undefined
  }
}

/** What to say of a file that is none a scan can be read from. */
export function unknownKind(path: string): InputError {
  switch (extensionOf(path)) {
    case '.dcm':
      return new InputError(path, 'is not a DICOM file')
    case '.zip':
      return new InputError(path, 'is not a zip archive')
    default:
      return new InputError(
        path,
        'is of no known kind; give a NIfTI, NRRD or MetaImage file, a DICOM file, or a folder or .zip with DICOM'
      )
  }
}

/** What to say of a DICOM file that holds something else than a CT slice. */
export function unusableDicom(path: string, kind: string): InputError {
  const hint = kind === 'multi-frame CT' ? 'convert it to single-frame slices or NIfTI' : 'give a CT slice'
  return new InputError(path, `is a DICOM ${kind}, which cannot be analysed; ${hint}`)
}

function extensionOf(path: string): string {
  return /\.(nii\.gz|[^./\\]+)$/i.exec(path)?.[0].toLowerCase() ?? ''
}
