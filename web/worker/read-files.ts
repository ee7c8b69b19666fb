import { InputError } from '../../src/core/errors.ts'
import { acceptScan } from '../../src/io/accept-scan.ts'
import { readDicomHeader } from '../../src/io/dicom/header.ts'
import { dicomAmong, dicomStartBytes, isDicom } from '../../src/io/dicom/is-dicom.ts'
import { type DicomChoice, type DicomFile, readDicomSeries } from '../../src/io/dicom/read-series.ts'
import { isPathPassedOver } from '../../src/io/folder-entries.ts'
import { decodeImage, unknownKind, unusableDicom } from '../../src/io/image-file.ts'
import { pathMeant } from '../../src/io/named-file.ts'
import type { LoadedScan } from '../../src/io/scan-source.ts'
import { allocating } from '../../src/io/voxels.ts'
import { isZip, maxFiles, zippedDicomFiles } from '../../src/io/zip.ts'
import type { ScanFile } from '../scan-files.ts'
import { dicomDecoders } from './dicom-decoders.ts'

/**
 * Reads a CT scan from files a person gave: one NIfTI, NRRD or MetaImage file, a header with its data file, a zip
 * archive, or the DICOM files of a folder. The checks and refusals are those of the command line's `readScan`.
 */
export async function readFiles(files: readonly ScanFile[], base: string, choice: DicomChoice): Promise<LoadedScan> {
  const loaded = await load(files, base, choice)
  return acceptScan(loaded.source.path, loaded)
}

async function load(given: readonly ScanFile[], base: string, choice: DicomChoice): Promise<LoadedScan> {
  const files = given.length === 1 ? given : given.filter(({ path }) => !isPathPassedOver(path))
  const main = mainFile(files)
  if (main === undefined) return readFolder(files, base, choice)
  const { path, file } = main
  if (file.size === 0) throw new InputError(path, 'is empty')
  const bytes = await bytesOf(file, path)
  if (isZip(bytes)) {
    return readDicomSeries(path, await zippedDicomFiles(bytes, path), dicomDecoders(base), choice)
  }
  if (isDicom(bytes)) {
    const content = await readDicomHeader(bytes, path)
    if ('other' in content) throw unusableDicom(path, content.other)
    if ('lists' in content) {
      throw new InputError(path, 'is a DICOMDIR, which only lists files; choose the folder that holds it')
    }
    return readFolder(files, base, choice)
  }
  const decoded = await decodeImage(path, bytes, (name) => readBeside(files, path, name))
  if (decoded === undefined) throw unknownKind(path)
  return { scan: decoded.image, source: { path, format: decoded.format, notes: decoded.notes } }
}

/** The file an input is known by: the only one, or the header among a header and its data. */
export function mainFile(files: readonly ScanFile[]): ScanFile | undefined {
  if (files.length === 1) return files[0]
  const headers = files.filter(({ path }) => /\.(mhd|nhdr|hdr|hdr\.gz)$/i.test(path))
  return headers.length === 1 && files.length <= 2 ? headers[0] : undefined
}

async function readFolder(files: readonly ScanFile[], base: string, choice: DicomChoice): Promise<LoadedScan> {
  const source = folderOf(files)
  if (files.length > maxFiles) {
    throw new InputError(source, `holds ${files.length} files; choose the folder of one examination`)
  }
  const found: (DicomFile & { readonly start: Uint8Array })[] = []
  for (const { path, file } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const start = await bytesOf(file.slice(0, dicomStartBytes), path)
    found.push({ name: path, start, read: () => bytesOf(file, path) })
  }
  const dicom = dicomAmong(found)
  if (dicom.length === 0) {
    const wanted = 'one NIfTI, NRRD or MetaImage file (or a header and its data file), or the folder of a DICOM series'
    throw new InputError(source, `holds no DICOM file; choose one scan: ${wanted}`)
  }
  return readDicomSeries(source, dicom, dicomDecoders(base), choice)
}

/** The folder that files lie in, or how many there are where each was given by itself. */
function folderOf(files: readonly ScanFile[]): string {
  const [path = ''] = files.map((file) => file.path)
  if (path.includes('/')) return path.split('/')[0] ?? ''
  return files.length === 1 ? path : `a choice of ${files.length} files`
}

/** A file that a header at `path` names. @throws InputError if it is not among them */
export async function readBeside(files: readonly ScanFile[], path: string, name: string): Promise<Uint8Array> {
  const wanted = path.replace(/[^/]*$/, '') + name
  const meant = pathMeant(
    files.map((candidate) => candidate.path),
    wanted
  )
  const found = files.find((candidate) => candidate.path === meant)
  if (found === undefined) {
    throw new InputError(path, `keeps its voxels in another file (${name}); drop both files together`)
  }
  return bytesOf(found.file, wanted)
}

/** All bytes of a file. @throws InputError if it was moved or changed, ResourceError if memory runs out */
export async function bytesOf(file: Blob, path: string): Promise<Uint8Array> {
  const buffer = await file.arrayBuffer().catch((cause: unknown) => {
    throw new InputError(path, 'cannot be read; it was moved or changed since it was chosen', { cause })
  })
  return allocating(path, file.size / 1e6, () => new Uint8Array(buffer))
}
