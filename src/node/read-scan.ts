import { basename, dirname } from 'node:path'
import { InputError, UsageError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import type { Volume } from '../core/volume.ts'
import { acceptScan } from '../io/accept-scan.ts'
import { checkScan } from '../io/check-scan.ts'
import { readDicomHeader } from '../io/dicom/header.ts'
import { isDicom } from '../io/dicom/is-dicom.ts'
import { type DicomChoice, readDicomSeries } from '../io/dicom/read-series.ts'
import { decodeImage, unknownKind, unusableDicom } from '../io/image-file.ts'
import { decodeLabelMap } from '../io/label-map.ts'
import type { LoadedScan } from '../io/scan-source.ts'
import type { DataFileReader } from '../io/stored-voxels.ts'
import { isZip, zippedDicomFiles } from '../io/zip.ts'
import { dataFileOf } from './data-file.ts'
import { dicomDecoders } from './dicom-decoders.ts'
import { findDicomFiles } from './dicom-files.ts'
import { readDicomFiles } from './read-dicom.ts'
import { readBytes, statusOf } from './read-file.ts'

export interface ReadScanOptions {
  /** SeriesInstanceUID or series number of the DICOM series to read, where there are several. */
  readonly series?: string
  /** Keep the stored values; otherwise values that are not Hounsfield units are converted, with a note, or refused. */
  readonly asStored?: boolean
}

/**
 * Reads a CT scan in Hounsfield units from a NIfTI (.nii, .nii.gz), NRRD (.nrrd, .nhdr) or MetaImage (.mha, .mhd) file,
 * from a folder or .zip that holds a DICOM series, or from the series that one DICOM file belongs to.
 * @throws InputError if it cannot be read or is not one 3-D CT, UsageError if it holds several series and `series`
 * names none of them or it is no DICOM, NoEarError if it is too coarse to show an inner ear, ResourceError if memory or disk run out
 *
 * @example
 * ```ts
 * import { readScan } from 'otomark/node'
 *
 * const { scan, source } = await readScan('ct-series', { series: '4' })
 * console.log(source.format, scan.geometry.spacing)
 * ```
 */
export async function readScan(path: string, options: ReadScanOptions = {}): Promise<LoadedScan> {
  const loaded = await load(path, options)
  if (options.asStored === true) return { ...loaded, scan: checkScan(path, loaded.scan) }
  return acceptScan(path, loaded)
}

async function load(path: string, { series }: ReadScanOptions): Promise<LoadedScan> {
  const status = await statusOf(path)
  if (status.isDirectory()) return readDicomFiles(path, await findDicomFiles(path), { series })
  if (!status.isFile()) throw new InputError(path, 'is neither a file nor a folder')
  if (status.size === 0) throw new InputError(path, 'is empty')
  const bytes = await readBytes(path)
  if (isZip(bytes)) {
    return readDicomSeries(path, await zippedDicomFiles(bytes, path), dicomDecoders, { series })
  }
  if (isDicom(bytes)) return readSeriesOf(path, bytes, series)
  const decoded = await decodeImage(path, bytes, dataFileReader(path))
  if (decoded === undefined) throw unknownKind(path)
  if (series !== undefined) {
    throw new UsageError(`${path}: is no DICOM, of which --series would choose a series; leave --series out`)
  }
  return { scan: decoded.image, source: { path, format: decoded.format, notes: decoded.notes } }
}

/**
 * Reads a label map from a NIfTI, NRRD or MetaImage file.
 * @throws InputError if it cannot be read or holds anything but whole numbers from 0 to 255
 */
export async function readLabelMap(path: string): Promise<Volume<Uint8Array>> {
  return decodeLabelMap(path, await readBytes(path), dataFileReader(path))
}

/**
 * The series of one DICOM file: the file itself where it holds many slices, else the files beside it with the same
 * SeriesInstanceUID; or what a DICOMDIR lists.
 */
async function readSeriesOf(path: string, bytes: Uint8Array, wanted: string | undefined): Promise<LoadedScan> {
  const folder = dirname(path)
  const name = printable(basename(path))
  const content = await readDicomHeader(bytes, name)
  if ('other' in content) throw unusableDicom(path, content.other)
  if ('damage' in content) throw new InputError(path, content.damage)
  const choice: DicomChoice =
    'lists' in content ? { series: wanted, directory: name } : { series: wanted ?? content.slices[0]?.seriesUid }
  const alone = 'slices' in content && content.slices.length > 1
  const files = alone ? [{ path, name }] : await findDicomFiles(folder, { nested: 'lists' in content })
  const loaded = await readDicomFiles(folder, files, choice)
  return { ...loaded, source: { ...loaded.source, path } }
}

function dataFileReader(path: string): DataFileReader {
  return async (name) => readBytes(await dataFileOf(path, name))
}
