import { InputError } from '../core/errors.ts'
import type { Vector3 } from '../core/math/vector.ts'
import { printable } from '../core/printable.ts'
import type { VoxelArray } from '../core/volume.ts'
import { bytesOfMore, checkFileLength, startFromEnd } from './file-length.ts'
import { inflate } from './inflate.ts'
import type { Note } from './units.ts'
import { bytesPerVoxel, readStored, type StoredType } from './voxels.ts'

/** Reads the bytes of a data file that a header names, relative to the header's folder. */
export type DataFileReader = (name: string) => Promise<Uint8Array>

/** How the voxels of an NRRD or MetaImage are stored, once header and data are separated. */
export interface StoredVoxels {
  readonly size: Vector3
  readonly type: StoredType
  readonly littleEndian: boolean
  readonly compression: CompressionFormat | undefined
  /** Bytes before the voxels; −1 where they end with the file. */
  readonly skip: number
}

/**
 * The voxels in the data part of a file.
 * @param note is told what else a file of voxels alone holds
 * @throws InputError if it is damaged, too short or too long
 */
export async function decodeVoxels(
  source: string,
  data: Uint8Array,
  stored: StoredVoxels,
  note: Note | undefined
): Promise<VoxelArray> {
  const { size, type, compression, skip } = stored
  const count = size[0] * size[1] * size[2]
  const voxels = { size, bytes: bytesPerVoxel(type) }
  const needed = count * voxels.bytes
  if (compression !== undefined) {
    const start = Math.max(0, skip)
    const plain = await inflate(source, data, compression, start + needed, bytesOfMore(voxels))
    return readStored(source, plain, start, count, type, stored.littleEndian)
  }
  const start = skip < 0 ? startFromEnd(source, data, voxels) : skip
  if (skip >= 0) checkFileLength(source, data, start + needed, voxels, note)
  return readStored(source, data, start, count, type, stored.littleEndian)
}

/** The bytes a header names: the rest of its own file, or one file beside it. */
export async function dataPart(
  source: string,
  rest: Uint8Array,
  dataFile: string | undefined,
  read: DataFileReader | undefined
): Promise<Uint8Array> {
  if (dataFile === undefined) return rest
  if (dataFile.startsWith('LIST') || /%\d*d/.test(dataFile)) {
    throw new InputError(source, 'keeps its voxels in many files; save it as one file')
  }
  // The name comes from a file, so that it must not lead anywhere but beside it.
  if (dataFile === '' || /\p{Cc}|^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)/iu.test(dataFile)) {
    throw new InputError(source, `names no file beside it as its data (${printable(dataFile)})`)
  }
  if (read === undefined) throw new InputError(source, `keeps its voxels in another file (${dataFile}); give both`)
  return readBeside(source, 'voxels', dataFile, read)
}

/**
 * A file that another one names or needs.
 * @param source the file that does, which is named too where this one cannot be read
 */
export async function readBeside(
  source: string,
  what: 'voxels' | 'header',
  name: string,
  read: DataFileReader
): Promise<Uint8Array> {
  return read(name).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error
    const problem = error.message.slice(error.source.length + 2)
    throw new InputError(source, `its ${what} should lie in ${name} beside it: ${problem}`, { cause: error.cause })
  })
}
