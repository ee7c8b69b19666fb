import { applyAffine, type Geometry, voxelCount, voxelIndex, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'

/** A scan of known densities (HU), on a scale that ends at 3071. @param density at a voxel's centre (LPS mm) and position in the array */
export function knownScan(geometry: Geometry, density: (place: Vector3, at: number) => number): Scan {
  const toWorld = worldFromIndex(geometry)
  const data = Int16Array.from({ length: voxelCount(geometry) }, (_, at) =>
    Math.min(3071, density(applyAffine(toWorld, voxelIndex(geometry.size, at)), at))
  )
  return { geometry, data }
}
