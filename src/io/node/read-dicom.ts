import { resolve } from 'node:path'
import { readImageDicomFileSeriesNode } from '@itk-wasm/dicom'
import { InputError } from '../../core/errors.ts'
import { voxelCount } from '../../core/geometry.ts'
import type { Scan } from '../../core/volume.ts'
import { arrangeSlices } from '../dicom/arrange.ts'
import { type DicomContent, readDicomHeader } from '../dicom/header.ts'
import { chooseSeries, describeOthers, sortContents } from '../dicom/series.ts'
import type { ScanSource } from '../scan-source.ts'
import { allocating, hounsfieldUnits, isVoxelArray } from '../voxels.ts'
import type { NamedFile } from './dicom-files.ts'
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
  const ordered = slices.map(({ file }) => ({ name: file, path: pathOf.get(file) as string }))
  const data = await decodePixels(source, ordered, voxelCount(geometry))
  const thickness = slices[0]?.thickness
  const { uid, number, description } = series
  return {
    scan: { geometry, data },
    source: {
      path: source,
      format: 'dicom',
      series: { uid, number, description, ...(thickness !== undefined && { sliceThickness: thickness }) },
      notes: sorted.others.size === 0 ? [] : [`left out: ${describeOthers(sorted.others)}`]
    }
  }
}

/** The slices' Hounsfield units one after the other; Int16Array unless a value does not fit. */
async function decodePixels(
  source: string,
  files: readonly NamedFile[],
  voxels: number
): Promise<Int16Array | Float32Array> {
  let result: Int16Array | Float32Array = allocating(source, voxels * 2e-6, () => new Int16Array(voxels))
  const perSlice = voxels / files.length
  for (let first = 0; first < files.length; first += slicesAtOnce) {
    const batch = files.slice(first, first + slicesAtOnce)
    const decoded = await decodeBatch(source, batch, perSlice * batch.length)
    if (decoded instanceof Float32Array && result instanceof Int16Array) {
      const narrow: Int16Array = result
      result = allocating(source, voxels * 4e-6, () => new Float32Array(narrow))
    }
    result.set(decoded, first * perSlice)
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
    const { outputImage } = await readImageDicomFileSeriesNode({
      inputImages: files.map(({ path }) => path),
      singleSortedSeries: true
    })
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
