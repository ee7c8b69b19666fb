import type { Scan } from '../../core/volume.ts'
import { checkDeclaredSize, checkFileLength, geometryOf } from '../check-scan.ts'
import { inflate, inflateStart, isGzip } from '../inflate.ts'
import { bytesPerVoxel, hounsfieldUnits, readVoxels } from '../voxels.ts'
import { niftiHeaderBytes, parseNiftiHeader } from './header.ts'
import { placementOf } from './placement.ts'

/**
 * A scan from the bytes of a single-file NIfTI-1 or -2, plain or gzip-compressed. Its voxels may share the memory of
 * `bytes`.
 * @param source the file's name, for messages
 * @throws InputError if it cannot be read or is not one 3-D scalar volume with a known orientation
 */
export async function decodeNifti(bytes: Uint8Array, source: string): Promise<Scan> {
  const gzip = isGzip(bytes)
  const header = parseNiftiHeader(gzip ? await inflateStart(source, bytes, 'gzip', niftiHeaderBytes) : bytes, source)
  const size = checkDeclaredSize(source, header.dims)
  const geometry = geometryOf(source, { size, ...placementOf(header, source) })
  const count = size[0] * size[1] * size[2]
  const end = header.voxelOffset + count * bytesPerVoxel(header.voxelType)
  if (!gzip) checkFileLength(source, end, bytes.length)
  const plain = gzip ? await inflate(source, bytes, 'gzip', end) : bytes
  const stored = readVoxels(plain, header.voxelOffset, count, header.voxelType, header.littleEndian)
  return { geometry, data: hounsfieldUnits(source, stored, header.slope, header.intercept) }
}
