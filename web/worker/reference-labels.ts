import { caseFileNames } from '../../src/cases/case-files.ts'
import { type Outlines, outlinesOf } from '../../src/cases/read-labels.ts'
import { InputError } from '../../src/core/errors.ts'
import { type Geometry, sameGrid, voxelCount } from '../../src/core/geometry/geometry.ts'
import { decodeJson } from '../../src/io/json.ts'
import { decodeLabelMap } from '../../src/io/label-map.ts'
import { decodeResult } from '../../src/report/read-result.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { ScanFile } from '../scan-files.ts'
import { type EarView, reordered, uprightGrid } from './ear-view.ts'
import { bytesOf, mainFile, readBeside } from './read-files.ts'

/** What somebody else, or another run, outlined in the scan. */
export interface ReferenceLabels {
  readonly outlined: Outlines['outlined']
  /** On each ear's grid; null where nothing is outlined around it. */
  readonly ears: readonly (Uint8Array | null)[]
  /** Of the result that the labels are part of, where they are. */
  readonly result: AnalysisResult | null
  /** What a reader should know of how the labels were read. */
  readonly notes: readonly string[]
}

/** Grids are taken for the same up to this share of a voxel: files round what they write. */
const gridTolerance = 0.05

/** Names of a result's files (`otomark analyze`). */
const resultFiles = { labels: caseFileNames.labels, result: 'result.json' } as const

/**
 * The labels in a label map, or in the folder of a result, of a scan.
 * @param scan the grid of the scan, on which they must lie; axes may be in another order
 * @throws InputError if they cannot be read, lie on another grid, are other numbers or show no ear
 */
export async function readReferenceLabels(
  files: readonly ScanFile[],
  scan: Geometry,
  views: readonly EarView[]
): Promise<ReferenceLabels> {
  const named = (name: string) => files.find(({ path }) => path.split('/').at(-1) === name)
  const [main, summary] = [mainFile(files) ?? named(resultFiles.labels), named(resultFiles.result)]
  if (main === undefined) {
    throw new InputError(
      files[0]?.path.split('/')[0] ?? 'the input',
      `holds neither one label map nor a result (${resultFiles.labels}); choose the file with the labels`
    )
  }
  const { path } = main
  const notes: string[] = []
  const beside = (name: string): Promise<Uint8Array> => readBeside(files, path, name)
  const map = await decodeLabelMap(path, await bytesOf(main.file, path), beside, (note) => notes.push(note))
  if (map.data.every((label) => label === 0)) throw new InputError(path, 'holds no label; choose a label map')
  const { labels, outlined } = outlinesOf(map, null, path)
  assertSameGrid(labels.geometry, scan, path)
  const ears = views.map(({ grid }) => {
    const around = reordered(labels, grid, new Uint8Array(voxelCount(grid)))
    return around.some((label) => label !== 0) ? around : null
  })
  if (ears.every((ear) => ear === null)) {
    throw new InputError(path, 'outlines nothing around the ears that were found; choose labels of this scan')
  }
  const result =
    summary && decodeResult(decodeJson(await bytesOf(summary.file, summary.path), summary.path), summary.path)
  return { outlined, ears, result: result ?? null, notes }
}

function assertSameGrid(labels: Geometry, scan: Geometry, path: string): void {
  if (sameGrid(uprightGrid(labels), uprightGrid(scan), gridTolerance * Math.min(...scan.spacing))) return
  throw new InputError(
    path,
    `lies on another grid than the scan (${gridText(labels)}; the scan has ${gridText(scan)}); resample the labels to the scan`
  )
}

function gridText({ size, spacing, origin }: Geometry): string {
  const short = (numbers: readonly number[]): string =>
    numbers.map((number) => Number(number.toPrecision(4))).join(' × ')
  const corner = origin.map((mm) => Number(mm.toFixed(2))).join(', ')
  return `${size.join(' × ')} voxels of ${short(spacing)} mm from ${corner}`
}
