import { resolve } from 'node:path'
import { readImageDicomFileSeriesNode } from '@itk-wasm/dicom'
import { InputError } from '../../core/errors.ts'
import { voxelCount } from '../../core/geometry.ts'
import type { Scan } from '../../core/volume.ts'
import { arrangeSlices } from '../dicom/arrange.ts'
import { type CtSlice, type DicomContent, readDicomHeader } from '../dicom/header.ts'
import { chooseSeries, describeOthers, sortContents } from '../dicom/series.ts'
import type { ScanSource } from '../scan-source.ts'
import { allocating, hounsfieldUnits, isVoxelArray } from '../voxels.ts'
import type { NamedFile } from './dicom-files.ts'
import { withMutedConsole } from './muted-console.ts'
import { readBytes } from './read-file.ts'

/** Slices that are decoded at once: enough to be fast, few enough to need little memory beyond the scan. */
const slicesAtOnce = 48

/**
 * The one CT series among DICOM files. Headers are read and checked first; then ITK decodes the pixels, in any transfer
 * syntax it knows, and rescales them to Hounsfield units.
 * @param source the file, folder or archive they come from
 * @param wanted a SeriesInstanceUID or series number
 */
export async function readDicomSeries(
  source: string,
  files: readonly NamedFile[],
  wanted?: string
): Promise<{ scan: Scan; source: ScanSource }> {
  if (files.length === 0) throw new InputError(source, 'holds no DICOM file')
  const contents: DicomContent[] = []
  for (const { path, name } of files) contents.push(readDicomHeader(await readBytes(path), name, source))
  const sorted = sortContents(contents)
  const series = chooseSeries(source, sorted, wanted)
  const { slices, geometry } = arrangeSlices(source, series.slices)
  const pathOf = new Map(files.map(({ path, name }) => [name, resolve(path)]))
  const data = await decodePixels(source, batches(slices), voxelCount(geometry), pathOf)
  const { thickness, laterality } = slices[0] ?? {}
  const { uid, number, description } = series
  return {
    scan: { geometry, data },
    source: {
      path: source,
      format: 'dicom',
      series: {
        uid,
        number,
        description,
        ...(thickness !== undefined && { sliceThickness: thickness }),
        ...(laterality !== undefined && { laterality })
      },
      notes: sorted.others.size === 0 ? [] : [`left out: ${describeOthers(sorted.others)}`]
    }
  }
}

/** Runs of slices that are decoded together: ITK would take the first one's number type for all of them. */
function batches(slices: readonly CtSlice[]): CtSlice[][] {
  const runs: CtSlice[][] = []
  for (const slice of slices) {
    const run = runs.at(-1)
    const fits = run !== undefined && run.length < slicesAtOnce && run[0]?.pixelFormat === slice.pixelFormat
    if (fits) run.push(slice)
    else runs.push([slice])
  }
  return runs
}

/** The slices' Hounsfield units one after the other; Int16Array unless a value does not fit. */
async function decodePixels(
  source: string,
  runs: readonly CtSlice[][],
  voxels: number,
  pathOf: ReadonlyMap<string, string>
): Promise<Int16Array | Float32Array> {
  let result: Int16Array | Float32Array = allocating(source, voxels * 2e-6, () => new Int16Array(voxels))
  let filled = 0
  for (const run of runs) {
    const files = run.map(({ file }) => ({ name: file, path: pathOf.get(file) as string }))
    const perSlice = (run[0] as CtSlice).columns * (run[0] as CtSlice).rows
    const decoded = await decodeBatch(source, files, run.length * perSlice)
    if (decoded instanceof Float32Array && result instanceof Int16Array) {
      const narrow: Int16Array = result
      result = allocating(source, voxels * 4e-6, () => new Float32Array(narrow))
    }
    result.set(decoded, filled)
    filled += decoded.length
  }
  return result
}

/** @throws InputError that names the file that ITK cannot decode */
async function decodeBatch(
  source: string,
  files: readonly NamedFile[],
  voxels: number
): Promise<Int16Array | Float32Array> {
  try {
    const inputImages = files.map(({ path }) => path)
    const { outputImage } = await withMutedConsole(() =>
      readImageDicomFileSeriesNode({ inputImages, singleSortedSeries: true })
    )
    const { data } = outputImage
    if (!isVoxelArray(data) || data.length !== voxels) throw new Error(`${data?.length ?? 0} pixels, not ${voxels}`)
    return hounsfieldUnits(source, data, 1, 0)
  } catch (error) {
    const [only, ...more] = files
    if (only !== undefined && more.length === 0) {
      throw new InputError(source, `the pixels of ${only.name} cannot be decoded; the file is damaged`, {
        cause: error
      })
    }
    for (const file of files) await decodeBatch(source, [file], voxels / files.length)
    throw new InputError(source, `the pixels of its DICOM files cannot be decoded together`, { cause: error })
  }
}
