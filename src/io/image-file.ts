import { InputError } from '../core/errors.ts'
import type { Scan } from '../core/volume.ts'
import { nameOf } from './file-access.ts'
import { decodeMetaImage } from './metaimage.ts'
import { decodeNifti, headerOfPair } from './nifti/decode.ts'
import { decodeNrrd } from './nrrd.ts'
import type { ScanSource } from './scan-source.ts'
import { type DataFileReader, readBeside } from './stored-voxels.ts'
import type { Note } from './units.ts'

/** An image, the format it came in, and what a reader of the result should know. */
export interface DecodedImage {
  readonly image: Scan
  readonly format: ScanSource['format']
  readonly notes: readonly string[]
}

/**
 * The image in a NIfTI, NRRD or MetaImage file, by the file's extension; undefined for any other.
 * @param path the file's name, for messages
 * @param readDataFile reads a file that the header names, beside the file
 */
export async function decodeImage(
  path: string,
  bytes: Uint8Array,
  readDataFile?: DataFileReader
): Promise<DecodedImage | undefined> {
  const notes: string[] = []
  const note: Note = (text) => void notes.push(text)
  switch (extensionOf(path)) {
    case '.nii':
    case '.nii.gz':
    case '.hdr':
    case '.hdr.gz':
      return { format: 'nifti', notes, image: await decodeNifti(bytes, path, readDataFile, note) }
    case '.img':
    case '.img.gz': {
      const header = headerOfPair(path)
      if (readDataFile === undefined) return undefined
      const start = await readBeside(path, 'header', nameOf(header), readDataFile)
      return { format: 'nifti', notes, image: await decodeNifti(start, header, readDataFile, note) }
    }
    case '.nrrd':
    case '.nhdr':
      return { format: 'nrrd', notes, image: await decodeNrrd(bytes, path, readDataFile, note) }
    case '.mha':
    case '.mhd':
      return { format: 'metaimage', notes, image: await decodeMetaImage(bytes, path, readDataFile, note) }
    default:
      return undefined
  }
}

/** The error for a file from which no scan can be read. */
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
  return new InputError(path, `is a DICOM ${kind}, which cannot be analysed; give a CT slice`)
}

function extensionOf(path: string): string {
  return /\.((nii|hdr|img)\.gz|[^./\\]+)$/i.exec(path)?.[0].toLowerCase() ?? ''
}
