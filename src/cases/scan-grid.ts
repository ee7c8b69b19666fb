import { OtomarkError } from '../core/errors.ts'
import type { Geometry } from '../core/geometry/geometry.ts'
import { checkDeclaredSize, geometryOf } from '../io/check-scan.ts'
import { type FileAccess, folderOf, pathIn } from '../io/file-access.ts'
import { decodeImage } from '../io/image-file.ts'
import { inflateStart, isGzip } from '../io/inflate.ts'
import { niftiHeaderBytes, parseNiftiHeader } from '../io/nifti/header.ts'
import { placementOf } from '../io/nifti/placement.ts'
import type { Note } from '../io/units.ts'
import type { FileNote } from './file-note.ts'

/** Bytes of a file that hold a NIfTI's header, compressed or not. */
const startBytes = 2 ** 16

/**
 * The grid of a case's scan, where it is an image file; undefined where there is none, where it is a DICOM series, and
 * where it cannot be read, which is reported when its voxels are read. Of a NIfTI no more than the header is read.
 */
export async function scanGrid(files: FileAccess, scan: string | null, note?: FileNote): Promise<Geometry | undefined> {
  if (scan === null) return undefined
  try {
    if (/\.(nii|hdr)(\.gz)?$/i.test(scan)) {
      return await niftiGrid(await files.readStart(scan, startBytes), scan, (text) => note?.(scan, text))
    }
    if (!/\.(nrrd|nhdr|mha|mhd|img)(\.gz)?$/i.test(scan)) return undefined
    const readDataFile = (name: string): Promise<Uint8Array> => files.read(pathIn(folderOf(scan), name))
    const decoded = await decodeImage(scan, await files.read(scan), readDataFile)
    for (const text of decoded?.notes ?? []) note?.(scan, text)
    return decoded?.image.geometry
  } catch (error) {
    if (error instanceof OtomarkError) return undefined
    throw error
  }
}

async function niftiGrid(bytes: Uint8Array, source: string, note: Note): Promise<Geometry> {
  const start = isGzip(bytes) ? await inflateStart(source, bytes, 'gzip', niftiHeaderBytes) : bytes
  const header = parseNiftiHeader(start, source)
  const size = checkDeclaredSize(source, header.dims)
  return geometryOf(source, { size, ...placementOf(header, size, source, note) })
}
