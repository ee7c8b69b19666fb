import { dicomFileNames } from '../../clinic/dicom-file-names.ts'
import type { ServerSettings } from '../../clinic/dicomweb/server.ts'
import { storeInstance } from '../../clinic/dicomweb/transfer.ts'
import type { Files } from '../../io/files.ts'

/** Stores the DICOM objects of a result, the segmentation before the report that refers to it. @returns their names */
export async function storeResults(server: ServerSettings, files: Files): Promise<readonly string[]> {
  const stored: string[] = []
  for (const name of dicomFileNames) {
    const bytes = files[name]
    if (!(bytes instanceof Uint8Array)) continue
    await storeInstance(server, bytes)
    stored.push(name)
  }
  return stored
}
