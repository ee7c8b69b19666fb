import { InputError } from '../../core/errors.ts'
import type { Scan } from '../../core/volume.ts'
import { checkDeclaredSize, geometryOf } from '../check-scan.ts'
import { bytesOfMore, checkFileLength } from '../file-length.ts'
import { inflate, inflateStart, isGzip } from '../inflate.ts'
import { type DataFileReader, readBeside } from '../stored-voxels.ts'
import type { Note } from '../units.ts'
import { bytesPerVoxel, hounsfieldUnits, readStored } from '../voxels.ts'
import { niftiHeaderBytes, parseNiftiHeader } from './header.ts'
import { placementOf } from './placement.ts'

/**
 * A scan from the bytes of a NIfTI-1 or -2, plain or gzip-compressed: one file, or the header (`.hdr`) of a pair. Its
 * voxels may share the memory of `bytes`.
 * @param source the file's name, for messages
 * @param readDataFile reads the `.img` of a pair, beside the header
 * @param note gets what a reader of the result should know
 * @throws InputError if it cannot be read or is not one 3-D scalar volume with a known orientation
 */
export async function decodeNifti(
  bytes: Uint8Array,
  source: string,
  readDataFile?: DataFileReader,
  note: Note = () => {}
): Promise<Scan> {
  const start = isGzip(bytes) ? await inflateStart(source, bytes, 'gzip', niftiHeaderBytes) : bytes
  const header = parseNiftiHeader(start, source)
  const size = checkDeclaredSize(source, header.dims)
  const geometry = geometryOf(source, { size, ...placementOf(header, size, source, note) })
  const count = size[0] * size[1] * size[2]
  const voxels = { size, bytes: bytesPerVoxel(header.voxelType) }
  const end = header.voxelOffset + count * voxels.bytes
  const data = header.detached ? await readImg(source, readDataFile) : bytes
  const gzip = isGzip(data)
  if (!gzip) checkFileLength(source, data, end, voxels, header.detached ? note : undefined)
  const plain = gzip ? await inflate(source, data, 'gzip', end, bytesOfMore(voxels)) : data
  const stored = readStored(source, plain, header.voxelOffset, count, header.voxelType, header.littleEndian)
  return { geometry, data: hounsfieldUnits(source, stored, header.slope, header.intercept) }
}

async function readImg(source: string, read: DataFileReader | undefined): Promise<Uint8Array> {
  const name = /[^/\\]*$/.exec(source)?.[0] ?? source
  const data = name.replace(/\.hdr(\.gz)?$/i, (ending) => (ending.startsWith('.H') ? '.IMG' : '.img') + ending.slice(4))
  if (read === undefined || data === name) {
    throw new InputError(source, 'keeps its voxels in another file (.img); give both, by the name of the .hdr')
  }
  return readBeside(source, 'voxels', data, read)
}

/** The header's file of a pair that is given by its `.img`. */
export function headerOfPair(name: string): string {
  return name.replace(/\.img(\.gz)?$/i, (ending) => (ending.startsWith('.I') ? '.HDR' : '.hdr') + ending.slice(4))
}
