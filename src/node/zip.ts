import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzippedDicomFiles } from '../io/zip.ts'
import type { NamedFile } from './dicom-files.ts'
import { writeError } from './write-file.ts'

/**
 * Unpacks the DICOM files of a zip archive into a folder, under names of our own making.
 * @param limit most bytes the files may have together
 * @throws InputError as `unzippedDicomFiles`, ResourceError if the disk is full
 */
export async function unzipDicomFiles(
  archive: Uint8Array,
  source: string,
  folder: string,
  limit?: number
): Promise<NamedFile[]> {
  const files: NamedFile[] = []
  for (const { name, place, bytes } of unzippedDicomFiles(archive, source, limit)) {
    const path = join(folder, `${place}.dcm`)
    await writeFile(path, bytes).catch((error: unknown) => {
      throw writeError(path, error)
    })
    files.push({ path, name })
  }
  return files
}
