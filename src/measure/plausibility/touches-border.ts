import { applyAffine, type Geometry, indexFromIndex, voxelIndex } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Volume } from '../../core/volume.ts'

const neighbours: readonly Vector3[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1]
]

/**
 * Whether a labelled voxel lies in the outermost layer of what was recorded.
 * @param isRecorded whether a voxel of the scan's grid was recorded, by its index
 */
export function touchesBorder(
  { geometry, data }: Volume<Uint8Array>,
  scan: Geometry,
  isRecorded: (index: Vector3) => boolean
): boolean {
  const [i, j, k] = applyAffine(indexFromIndex(geometry, scan), [0, 0, 0]).map(Math.round) as [...Vector3]
  return data.some((label, at) => {
    if (label === 0) return false
    const [x, y, z] = voxelIndex(geometry.size, at)
    return neighbours.some(([dx, dy, dz]) => !isRecorded([i + x + dx, j + y + dy, k + z + dz]))
  })
}
