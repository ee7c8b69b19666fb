import { strToU8, type Zippable, zipSync } from 'fflate'
import { InputError } from '../../core/errors.ts'
import { softwareVersion } from '../../core/version.ts'
import type { VoxelArray } from '../../core/volume.ts'
import { decodeJson } from '../../io/json.ts'
import { bytesPerVoxel, isVoxelArray, isVoxelType, readVoxels, voxelTypeOf } from '../../io/voxels.ts'
import { zippedFiles } from '../../io/zip.ts'
import { keptEar, parseSession, type Session, sessionVersion } from './session.ts'

/** How the names of session files end. */
export const sessionEnding = '.otomark'

/** In place of an array of numbers, in `session.json`. */
interface ArrayReference {
  readonly $array: string
  readonly type: string
}

/** A session as a tree of plain objects and typed arrays. */
function sessionTree({ found, model, ...rest }: Session): object {
  const described = ({ source, sha256, threads, metadata }: Session['model']['detector']): object => ({
    source,
    sha256,
    ...(threads !== undefined && { threads }),
    metadata: {
      name: metadata.name,
      training: { seed: metadata.training.seed },
      ...(metadata.calibration !== undefined && { calibration: metadata.calibration })
    }
  })
  return {
    format: 'otomark-session',
    version: sessionVersion,
    software: softwareVersion,
    ...rest,
    model: { detector: described(model.detector), segmenter: described(model.segmenter) },
    found: {
      ears: found.ears.map(keptEar),
      ...(found.notes !== undefined && { notes: found.notes }),
      timings: found.timings
    }
  }
}

/** A session as one file: a zip archive of `session.json` and the arrays it refers to, little-endian. */
export function encodeSession(session: Session): Uint8Array<ArrayBuffer> {
  const files: Zippable = {}
  const packed = pack(sessionTree(session), (array) => {
    const name = `arrays/${Object.keys(files).length}.bin`
    files[name] = [new Uint8Array(array.buffer, array.byteOffset, array.byteLength), { level: 1 }]
    return { $array: name, type: voxelTypeOf(array) }
  })
  return zipSync({ 'session.json': strToU8(JSON.stringify(packed)), ...files })
}

/**
 * A session from its file.
 * @throws InputError if it is not a session, is damaged or too large
 */
export async function decodeSession(bytes: Uint8Array, path: string): Promise<Session> {
  const files = await zippedFiles(bytes, path)
  const text = files.get('session.json')
  if (text === undefined) throw new InputError(path, 'is no session that otomark saved: it holds no session.json')
  const arrays = (reference: ArrayReference): VoxelArray => arrayOf(reference, files, path)
  return parseSession(unpack(decodeJson(text, path, 'is a damaged session: session.json is no JSON'), arrays), path)
}

function arrayOf({ $array, type }: ArrayReference, files: ReadonlyMap<string, Uint8Array>, path: string): VoxelArray {
  const bytes = files.get($array)
  if (bytes === undefined) throw new InputError(path, `is a damaged session: ${$array} is missing`)
  if (!isVoxelType(type) || bytes.length % bytesPerVoxel(type) !== 0) {
    throw new InputError(path, `is a damaged session: ${$array} is not an array of ${type}`)
  }
  return readVoxels(bytes, 0, bytes.length / bytesPerVoxel(type), type, true)
}

function pack(value: unknown, put: (array: VoxelArray) => ArrayReference): unknown {
  if (isVoxelArray(value)) return put(value)
  if (Array.isArray(value)) return value.map((item: unknown) => pack(item, put))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, pack(item, put)]))
}

function unpack(value: unknown, take: (reference: ArrayReference) => VoxelArray): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => unpack(item, take))
  if (typeof value !== 'object' || value === null) return value
  if (isReference(value)) return take(value)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unpack(item, take)]))
}

function isReference(value: object): value is ArrayReference {
  return '$array' in value && typeof value.$array === 'string' && 'type' in value && typeof value.type === 'string'
}
