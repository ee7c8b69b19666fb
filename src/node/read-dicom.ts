import { resolve } from 'node:path'
import { readImageDicomFileSeriesNode } from '@itk-wasm/dicom'
import { readDicomSeries } from '../io/dicom/read-series.ts'
import type { LoadedScan } from '../io/scan-source.ts'
import type { NamedFile } from './dicom-files.ts'
import { withMutedConsole } from './muted-console.ts'
import { readBytes } from './read-file.ts'

/** The one CT series among DICOM files on the disk, its pixels decoded by ITK; see `readDicomSeries`. */
export function readDicomFiles(source: string, files: readonly NamedFile[], wanted?: string): Promise<LoadedScan> {
  const pathOf = new Map(files.map(({ path, name }) => [name, resolve(path)]))
  const readable = files.map(({ path, name }) => ({ name, read: () => readBytes(path) }))
  const decode = async (names: readonly string[]): Promise<unknown> => {
    const inputImages = names.map((name) => pathOf.get(name) as string)
    const { outputImage } = await withMutedConsole(() =>
      readImageDicomFileSeriesNode({ inputImages, singleSortedSeries: true })
    )
    return outputImage.data
  }
  return readDicomSeries(source, readable, decode, wanted)
}
