import { acceptScan } from './accept-scan.ts'
import { decodeImage, unknownKind } from './image-file.ts'
import type { LoadedScan } from './scan-source.ts'
import type { DataFileReader } from './stored-voxels.ts'

/**
 * A CT scan in Hounsfield units from the bytes of one NIfTI (.nii, .nii.gz), NRRD (.nrrd, .nhdr) or MetaImage (.mha,
 * .mhd) file, in Node and in a browser. DICOM, and files on disk, are read by `readScan` of `otomark/node`.
 * @param name the file's name; its extension says the format, and messages name it
 * @param readDataFile reads the file beside it that holds the voxels of a detached header
 * @throws InputError if it cannot be decoded or is not one 3-D CT, NoEarError if it is too coarse to show an inner ear
 *
 * @example
 * ```ts
 * import { decodeScan } from 'otomark'
 *
 * const response = await fetch('scans/head.nii.gz')
 * const { scan } = await decodeScan('head.nii.gz', new Uint8Array(await response.arrayBuffer()))
 * console.log(scan.geometry.spacing)
 * ```
 */
export async function decodeScan(name: string, bytes: Uint8Array, readDataFile?: DataFileReader): Promise<LoadedScan> {
  const decoded = await decodeImage(name, bytes, readDataFile)
  if (decoded === undefined) throw unknownKind(name)
  return acceptScan(name, { scan: decoded.image, source: { path: name, format: decoded.format, notes: decoded.notes } })
}
