import { centerOf, extentOf, type Geometry, geometryAround, indexFromIndex } from '../../core/geometry/geometry.ts'
import { resample, sampleGrid } from '../../core/geometry/resample.ts'
import { smooth } from '../../core/image/filter.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** Voxels (mm) in which surroundings are averaged, and how far they reach in the plane of the beam, SD in mm. */
const spacing = 2
const beamReach = 5

/**
 * How much dense matter lies around each voxel, mostly in its own slice, in 1000 HU: what hardens a beam and costs it
 * photons.
 */
export function denseSurroundings(geometry: Geometry, image: Float32Array): Float32Array {
  const size = extentOf(geometry).map((mm) => Math.ceil(mm / spacing) + 1) as unknown as Vector3
  const coarse = geometryAround(centerOf(geometry), size, [spacing, spacing, spacing], geometry.direction)
  const { data } = resample({ geometry, data: image }, coarse, 0)
  const dense = data.map((value) => Math.max(0, value) / 1000)
  const spread = smooth(dense, size, [beamReach / spacing, beamReach / spacing, 0.5])
  const result = new Float32Array(image.length)
  sampleGrid(indexFromIndex(geometry, coarse), geometry.size, { geometry: coarse, data: spread }, 0, result)
  return result
}
