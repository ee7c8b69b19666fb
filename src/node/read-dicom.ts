import { type DicomChoice, readDicomSeries } from '../io/dicom/read-series.ts'
import type { LoadedScan } from '../io/scan-source.ts'
import { dicomDecoders } from './dicom-decoders.ts'
import type { NamedFile } from './dicom-files.ts'
import { readBytes } from './read-file.ts'

/** The one CT series among DICOM files on the disk; see `readDicomSeries`. */
export function readDicomFiles(
  source: string,
  files: readonly NamedFile[],
  choice: DicomChoice = {}
): Promise<LoadedScan> {
  const readable = files.map(({ path, name }) => ({ name, read: () => readBytes(path) }))
  return readDicomSeries(source, readable, dicomDecoders, choice)
}
