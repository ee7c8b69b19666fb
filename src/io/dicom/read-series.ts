import { InputError } from '../../core/errors.ts'
import { voxelCount } from '../../core/geometry/geometry.ts'
import type { LoadedScan } from '../scan-source.ts'
import { allocating, hounsfieldUnits, isVoxelArray } from '../voxels.ts'
import { arrangeSlices } from './arrange.ts'
import { type CtSlice, type DicomContent, readDicomHeader } from './header.ts'
import { chooseSeries, describeOthers, sortContents } from './series.ts'

/** A DICOM file: what messages call it, and how its bytes are had. */
export interface DicomFile {
  readonly name: string
  read(): Promise<Uint8Array>
}

/**
 * Decodes the pixels of files that are alike, one after the other in the order given, rescaled to Hounsfield units.
 * @param names of the files, as {@link DicomFile} has them
 * @returns a typed array; anything else is taken for a failure, as is what it throws
 */
export type PixelDecoder = (names: readonly string[]) => Promise<unknown>

/** Slices that are decoded at once: enough to be fast, few enough to need little memory beyond the scan. */
const slicesAtOnce = 48

/**
 * The one CT series among DICOM files. Headers are read and checked first; then the pixels are decoded.
 * @param source the file, folder or archive they come from
 * @param wanted a SeriesInstanceUID or series number
 */
export async function readDicomSeries(
  source: string,
  files: readonly DicomFile[],
  decode: PixelDecoder,
  wanted?: string
): Promise<LoadedScan> {
  if (files.length === 0) throw new InputError(source, 'holds no DICOM file')
  const contents: DicomContent[] = []
  for (const { name, read } of files) contents.push(readDicomHeader(await read(), name, source))
  const sorted = sortContents(contents)
  const series = chooseSeries(source, sorted, wanted)
  const { slices, geometry } = arrangeSlices(source, series.slices)
  const data = await decodePixels(source, batches(slices), voxelCount(geometry), decode)
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
  decode: PixelDecoder
): Promise<Int16Array | Float32Array> {
  let result: Int16Array | Float32Array = allocating(source, voxels * 2e-6, () => new Int16Array(voxels))
  let filled = 0
  for (const run of runs) {
    const names = run.map(({ file }) => file)
    const perSlice = (run[0] as CtSlice).columns * (run[0] as CtSlice).rows
    const decoded = await decodeBatch(source, names, run.length * perSlice, decode)
    if (decoded instanceof Float32Array && result instanceof Int16Array) {
      const narrow: Int16Array = result
      result = allocating(source, voxels * 4e-6, () => new Float32Array(narrow))
    }
    result.set(decoded, filled)
    filled += decoded.length
  }
  return result
}

/** @throws InputError that names the file that cannot be decoded */
async function decodeBatch(
  source: string,
  names: readonly string[],
  voxels: number,
  decode: PixelDecoder
): Promise<Int16Array | Float32Array> {
  try {
    const data = await decode(names)
    if (!isVoxelArray(data) || data.length !== voxels) throw new Error(`the pixels are not ${voxels}`)
    return hounsfieldUnits(source, data, 1, 0)
  } catch (error) {
    const [only, ...more] = names
    if (only !== undefined && more.length === 0) {
      throw new InputError(source, `the pixels of ${only} cannot be decoded; the file is damaged`, { cause: error })
    }
    for (const name of names) await decodeBatch(source, [name], voxels / names.length, decode)
    throw new InputError(source, `the pixels of its DICOM files cannot be decoded together`, { cause: error })
  }
}
