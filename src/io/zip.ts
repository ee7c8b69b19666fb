import { type UnzipFileInfo, unzipSync } from 'fflate'
import { InputError } from '../core/errors.ts'
import { isDicom } from './dicom/header.ts'

/** Most files that are looked through; a folder or archive with more is not one examination. */
export const maxFiles = 50_000

/** Most bytes the files of an archive may have together: a CT of the largest size that is read. */
export const maxUnzippedBytes = 4 * 2 ** 30

/** Whether bytes start as a zip archive does; an empty one starts with its end. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, a, b] = bytes
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6))
}

/** A DICOM file out of an archive: its name there, its place among the entries, and its bytes. */
export interface UnzippedFile {
  readonly name: string
  readonly place: number
  readonly bytes: Uint8Array
}

/**
 * The DICOM files of a zip archive, one unpacked at a time. Other files are left out.
 * @param limit most bytes the files may have together
 * @throws InputError if the archive is damaged, too large, or holds names that lead out of it or occur twice
 */
export function* unzippedDicomFiles(
  archive: Uint8Array,
  source: string,
  limit = maxUnzippedBytes
): Generator<UnzippedFile> {
  const entries = listEntries(archive, source)
  const unpacked = entries.reduce((sum, { originalSize }) => sum + originalSize, 0)
  if (unpacked > limit) {
    throw new InputError(source, `would unpack to ${(unpacked / 1e9).toFixed(1)} GB, more than can be read`)
  }
  for (const [place, { name, originalSize }] of entries.entries()) {
    if (originalSize === 0) continue
    let at = 0
    const bytes = unzip(archive, source, () => at++ === place)[name]
    if (bytes !== undefined && isDicom(bytes)) yield { name, place, bytes }
  }
}

function listEntries(archive: Uint8Array, source: string): UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = []
  unzip(archive, source, (entry) => {
    entries.push(entry)
    return false
  })
  const unsafe = entries.find(({ name }) => /^([a-z]:|[\\/])|(^|[\\/])\.\.([\\/]|$)|\0/i.test(name))
  if (unsafe !== undefined) {
    throw new InputError(source, `holds a file name that leads out of the archive (${JSON.stringify(unsafe.name)})`)
  }
  // Which of the two a header belongs to could not be told: one slice would get the other's pixels.
  const names = new Set<string>()
  const twice = entries.find(({ name }) => names.size === names.add(name).size)
  if (twice !== undefined) {
    throw new InputError(source, `holds two files named ${JSON.stringify(twice.name)}; zip the folder again`)
  }
  if (entries.length > maxFiles) throw new InputError(source, `holds ${entries.length} files; zip one examination`)
  return entries
}

function unzip(
  archive: Uint8Array,
  source: string,
  filter: (entry: UnzipFileInfo) => boolean
): Record<string, Uint8Array> {
  try {
    return unzipSync(archive, { filter })
  } catch (error) {
    throw new InputError(source, 'is a damaged, truncated or encrypted zip archive', { cause: error })
  }
}
