import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { Scan, Volume } from '../../core/volume.ts'
import { checkScan } from '../check-scan.ts'
import { isDicom, readDicomHeader } from '../dicom/header.ts'
import { readError } from '../file-error.ts'
import { decodeMetaImage } from '../metaimage.ts'
import { decodeNifti } from '../nifti/decode.ts'
import { decodeNrrd } from '../nrrd.ts'
import type { ScanSource } from '../scan-source.ts'
import { findDicomFiles } from './dicom-files.ts'
import { readDicomSeries } from './read-dicom.ts'
import { readBytes } from './read-file.ts'
import { withTemporaryFolder } from './temporary-folder.ts'
import { isZip, unzipDicomFiles } from './zip.ts'

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
 * Reads a CT scan in Hounsfield units from a NIfTI (.nii, .nii.gz), NRRD (.nrrd, .nhdr) or MetaImage (.mha, .mhd) file,
 * from a folder or .zip that holds a DICOM series, or from the series that one DICOM file belongs to.
 * @throws InputError if it cannot be read or is not one 3-D CT, UsageError if it holds several series and `series`
 * names none of them, NoEarError if it is too coarse to show an inner ear, ResourceError if memory or disk run out
 */
export async function readScan(path: string, options: ReadScanOptions = {}): Promise<LoadedScan> {
  const loaded = await load(path, options)
  return { scan: checkScan(path, loaded.scan), source: loaded.source }
}

async function load(path: string, { series }: ReadScanOptions): Promise<LoadedScan> {
  const status = await stat(path).catch((error: unknown) => {
    throw readError(path, error)
  })
  if (status.isDirectory()) return readDicomSeries(path, await findDicomFiles(path), series)
  if (!status.isFile()) throw new InputError(path, 'is neither a file nor a folder')
  if (status.size === 0) throw new InputError(path, 'is empty')
  const bytes = await readBytes(path)
  if (isZip(bytes)) {
    return withTemporaryFolder(async (folder) =>
      readDicomSeries(path, await unzipDicomFiles(bytes, path, folder), series)
    )
  }
  if (isDicom(bytes)) return readSeriesOf(path, bytes, series)
  const decoded = await decodeImage(path, bytes)
  if (decoded !== undefined) return { scan: decoded.image, source: { path, format: decoded.format, notes: [] } }
  switch (extensionOf(path)) {
    case '.dcm':
      throw new InputError(path, 'is not a DICOM file')
    case '.zip':
      throw new InputError(path, 'is not a zip archive')
    default:
      throw new InputError(
        path,
        'is of no known kind; give a NIfTI, NRRD or MetaImage file, a DICOM file, or a folder or .zip with DICOM'
      )
  }
}

/**
 * Reads a label map from a NIfTI, NRRD or MetaImage file.
 * @throws InputError if it cannot be read or holds anything but whole numbers from 0 to 255
 */
export async function readLabelMap(path: string): Promise<Volume<Uint8Array>> {
  const decoded = await decodeImage(path, await readBytes(path))
  if (decoded === undefined) throw new InputError(path, 'is of no known kind; give NIfTI, NRRD or MetaImage labels')
  const { geometry, data } = decoded.image
  if (data.some((value) => !(Number.isInteger(value) && value >= 0 && value <= 255))) {
    throw new InputError(path, 'holds values that are no labels, which are whole numbers from 0 to 255')
  }
  return { geometry, data: Uint8Array.from(data) }
}

/** The image in a NIfTI, NRRD or MetaImage file, by the file's extension; undefined for any other. */
async function decodeImage(
  path: string,
  bytes: Uint8Array
): Promise<{ readonly image: Scan; readonly format: ScanSource['format'] } | undefined> {
  const readDataFile = (name: string): Promise<Uint8Array> => readBytes(resolve(dirname(path), name))
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

/** The series of one DICOM file: the files beside it with the same SeriesInstanceUID. */
async function readSeriesOf(path: string, bytes: Uint8Array, wanted: string | undefined): Promise<LoadedScan> {
  const content = readDicomHeader(bytes, basename(path), dirname(path))
  if ('other' in content) {
    const hint = content.other === 'multi-frame CT' ? 'convert it to single-frame slices or NIfTI' : 'give a CT slice'
    throw new InputError(path, `is a DICOM ${content.other}, which cannot be analysed; ${hint}`)
  }
  const beside = await findDicomFiles(dirname(path), { nested: false })
  const { source, scan } = await readDicomSeries(dirname(path), beside, wanted ?? content.slice.seriesUid)
  return { scan, source: { ...source, path } }
}

function extensionOf(path: string): string {
  return /\.(nii\.gz|[^./\\]+)$/i.exec(path)?.[0].toLowerCase() ?? ''
}
