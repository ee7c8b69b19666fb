import { centerOf, type Geometry, geometryAround } from '../core/geometry/geometry.ts'
import { resample } from '../core/geometry/resample.ts'
import { smooth } from '../core/image/filter.ts'
import { createRandom } from '../core/math/random.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Scan, Volume } from '../core/volume.ts'

/** Voxels (mm) that a clinical scan of the temporal bone often has. */
export const clinicalSpacing: Vector3 = [0.39, 0.39, 0.625]

/** SD of a scanner's blur, as a share of its voxels along each axis. */
const blur = 0.45

/** SD of the noise, HU. */
const noise = 40

/**
 * About what a clinical scanner makes of what a finer scan shows: blurred, in voxels of 0.39 × 0.39 × 0.625 mm along the
 * same axes, with white noise.
 * @param scan Hounsfield units
 */
export function clinicalScan({ geometry, data }: Scan, seed: number): Volume<Int16Array> {
  const sd = clinicalSpacing.map((mm, axis) => (blur * mm) / (geometry.spacing[axis] as number)) as unknown as Vector3
  const blurred = { geometry, data: smooth(new Float32Array(data), geometry.size, sd) }
  const grid = clinicalGrid(geometry)
  const random = createRandom(seed)
  const values = resample(blurred, grid, 'nearest').data.map((value) =>
    Math.max(-32768, Math.min(32767, Math.round(value + random.normal(0, noise))))
  )
  return { geometry: grid, data: new Int16Array(values) }
}

/** Clinical voxels along the axes of a grid and within it. */
export function clinicalGrid(geometry: Geometry): Geometry {
  const count = (axis: 0 | 1 | 2): number =>
    Math.max(1, Math.floor((geometry.size[axis] * geometry.spacing[axis]) / clinicalSpacing[axis]))
  const size: Vector3 = [count(0), count(1), count(2)]
  return geometryAround(centerOf(geometry), size, clinicalSpacing, geometry.direction)
}
