import { join } from 'node:path'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { smallScan } from '../support/small-scan.ts'
import { type DicomSeriesOptions, writeDicomSeries } from '../support/write-dicom-series.ts'

/** Reads what results refer to of the small scan, written as a DICOM series; each call writes one of its own. */
export function smallOrigins(): (options?: DicomSeriesOptions) => Promise<DicomOrigin> {
  const folder = scratchFolder()
  let count = 0
  return async (options = {}) => {
    const series = join(folder, String(++count))
    await writeDicomSeries(smallScan(), series, options)
    const { origin } = await readScan(series, { asStored: true })
    if (origin === undefined) throw new Error('no origin')
    return origin
  }
}
