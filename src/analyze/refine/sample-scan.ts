import type { Geometry } from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import type { Scan } from '../../core/volume.ts'
import type { Prediction } from '../predict/prediction.ts'
import { refinedGrid } from './refined-grid.ts'

/** What the boundary of an ear is placed by: a scan's greys, NaN outside it, around one prediction. */
export interface ScanSamples {
  /** The grid on which the boundary is placed. */
  readonly grid: Geometry
  /** Greys on this grid, and on the prediction's. */
  readonly image: Float32Array
  readonly coarseImage: Float32Array
}

export interface SampleOptions {
  /** Voxels (mm) finer than this are taken together. */
  readonly finest?: number
  /** Whether voxels that are divided keep their centres, so that no value of the scan is interpolated there. */
  readonly keepCenters?: boolean
}

/**
 * The scan around a prediction's ear.
 * @param mask voxels of the prediction's grid outside which nothing belongs to the ear
 * @returns undefined when the ear lies outside the scan
 */
export function sampleScan(
  { geometry }: Pick<Prediction, 'geometry'>,
  mask: Uint8Array,
  scan: Scan,
  { finest = 0.13, keepCenters = true }: SampleOptions = {}
): ScanSamples | undefined {
  const grid = refinedGrid(geometry, mask, scan.geometry, { finest, keepCenters })
  if (grid === undefined) return undefined
  return {
    grid,
    image: resample(scan, grid, Number.NaN).data,
    coarseImage: resample(scan, geometry, Number.NaN).data
  }
}
