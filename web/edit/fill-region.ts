import { applyAffine, type Geometry, indexFromWorld, voxelIndex } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Plane } from '../viewer/viewer.ts'
import { forEachNeighbour } from './neighbours.ts'
import { through } from './stroke.ts'

/**
 * Labels with the region around a place filled, within its slice: the voxels that hang together, face by face, and have the
 * label of the one at the place.
 * @param place LPS mm
 * @param accepts which voxels may be filled, by their numbers
 * @returns 'open' where the region reaches the border of the slice, so that nothing bounds it
 */
export function fillRegion(
  grid: Geometry,
  labels: Uint8Array,
  plane: Plane,
  place: Vector3,
  to: number,
  accepts: (voxel: number) => boolean = () => true
): Uint8Array | 'open' {
  const { size } = grid
  const axis = through[plane]
  const start = applyAffine(indexFromWorld(grid), place).map(Math.round) as [number, number, number]
  if (start.some((index, along) => index < 0 || index >= (size[along] as number))) return labels
  const seed = start[0] + size[0] * (start[1] + size[1] * start[2])
  const label = labels[seed]
  const filled = Uint8Array.from(labels)
  if (label === to || !accepts(seed)) return filled
  const stack = [seed]
  filled[seed] = to
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const index = voxelIndex(size, at)
    const isAtBorder = index.some((n, along) => along !== axis && (n === 0 || n === (size[along] as number) - 1))
    if (isAtBorder) return 'open'
    forEachNeighbour(grid, at, (next) => {
      const isInSlice = voxelIndex(size, next)[axis] === start[axis]
      if (!isInSlice || filled[next] !== label || labels[next] !== label || !accepts(next)) return
      filled[next] = to
      stack.push(next)
    })
  }
  return filled
}
