import { InputError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import { Crc32 } from './checksum.ts'
import { dicomAmong, dicomStartBytes } from './dicom/is-dicom.ts'
import type { DicomFile } from './dicom/read-series.ts'
import { isPathPassedOver } from './folder-entries.ts'
import { inflate, inflateStart } from './inflate.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'

/** Most files that are looked through; a folder or archive with more is not one examination. */
export const maxFiles = 50_000

/** Most bytes the files of an archive may have together: a CT of the largest size that is read. */
export const maxUnzippedBytes = 4 * 2 ** 30

/** Whether bytes start as a zip archive does; an empty one starts with its end. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, a, b] = bytes
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6))
}

/**
 * The DICOM files of a zip archive, each unpacked in memory when it is read. Other files are left out.
 * @param limit most bytes the files may have together
 * @throws InputError if the archive is damaged, too large, or holds names that lead out of it or occur twice
 */
export async function zippedDicomFiles(
  archive: Uint8Array,
  source: string,
  limit = maxUnzippedBytes
): Promise<readonly DicomFile[]> {
  const files: (DicomFile & { readonly start: Uint8Array })[] = []
  for (const entry of listEntries(archive, source, limit)) {
    if (/[/\\]$/.test(entry.name) || isPathPassedOver(entry.name)) continue
    const start = entry.size === 0 ? new Uint8Array(0) : await startOf(archive, source, entry)
    files.push({ name: printable(entry.name), start, read: () => unpack(archive, source, entry) })
  }
  return dicomAmong(files)
}

/**
 * All files of a zip archive, unpacked, by name.
 * @throws InputError as {@link zippedDicomFiles}
 */
export async function zippedFiles(
  archive: Uint8Array,
  source: string,
  limit = maxUnzippedBytes
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  if (!isZip(archive)) throw new InputError(source, 'is no zip archive, or a damaged one')
  for (const entry of listEntries(archive, source, limit)) {
    files.set(entry.name, await unpack(archive, source, entry))
  }
  return files
}

function listEntries(archive: Uint8Array, source: string, limit: number): readonly ZipEntry[] {
  const entries = readDirectory(archive, source)
  const unsafe = entries.find(({ name }) => /^([a-z]:|[\\/])|(^|[\\/])\.\.([\\/]|$)|\0/i.test(name))
  if (unsafe !== undefined) {
    throw new InputError(source, `holds a file name that leads out of the archive (${JSON.stringify(unsafe.name)})`)
  }
  // It is not known which of the two a header belongs to: one slice would get the other's pixels.
  const names = new Set<string>()
  const twice = entries.find(({ name }) => names.size === names.add(name).size)
  if (twice !== undefined) {
    throw new InputError(source, `holds two files named ${JSON.stringify(twice.name)}; zip the folder again`)
  }
  if (entries.some(({ encrypted }) => encrypted)) throw new InputError(source, 'is encrypted; unpack it first')
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0)
  if (unpacked > limit) {
    throw new InputError(source, `would unpack to ${(unpacked / 1e9).toFixed(1)} GB, more than can be read`)
  }
  return entries
}

function readDirectory(archive: Uint8Array, source: string): readonly ZipEntry[] {
  try {
    return readZipDirectory(archive, maxFiles)
  } catch (error) {
    const problem = error instanceof Error && error.message.startsWith('holds') ? error.message : undefined
    throw new InputError(
      source,
      problem === undefined ? 'is a damaged or truncated zip archive' : `${problem}; zip one examination`,
      { cause: error }
    )
  }
}

async function startOf(archive: Uint8Array, source: string, entry: ZipEntry): Promise<Uint8Array> {
  const stored = storedBytes(archive, entry)
  if (entry.method === 0) return stored.subarray(0, dicomStartBytes)
  checkMethod(source, entry)
  return inflateStart(source, stored, 'deflate-raw', dicomStartBytes)
}

/** A file's bytes: never more than the directory declares, however many the archive holds for it. */
async function unpack(archive: Uint8Array, source: string, entry: ZipEntry): Promise<Uint8Array> {
  const stored = storedBytes(archive, entry)
  checkMethod(source, entry)
  const bytes = entry.method === 0 ? stored.slice() : await inflate(source, stored, 'deflate-raw', entry.size)
  const crc = new Crc32()
  crc.add(bytes)
  if (bytes.length === entry.size && crc.value === entry.crc) return bytes
  throw new InputError(source, `is a damaged zip archive: ${printable(entry.name)} has another checksum`)
}

function storedBytes(archive: Uint8Array, { dataStart, compressedSize }: ZipEntry): Uint8Array {
  return archive.subarray(dataStart, dataStart + compressedSize)
}

function checkMethod(source: string, { method, name }: ZipEntry): void {
  if (method === 0 || method === 8) return
  throw new InputError(
    source,
    `holds ${printable(name)} compressed in a way (${method}) that cannot be unpacked; zip it again`
  )
}
