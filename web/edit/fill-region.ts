import { applyAffine, type Geometry, indexFromWorld, voxelIndex } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { LabelChange } from '../corrections.ts'
import type { Plane } from '../viewer/viewer.ts'
import { forEachNeighbour } from './neighbours.ts'
import { through } from './stroke.ts'

/**
 * What fills the region around a place, within its slice: the voxels connected to the one at the place by faces that
 * have its label.
 * @param place LPS mm
 * @param accepts which voxels may be filled, by their numbers
 * @returns 'open' where the region reaches the border of the slice, so that nothing bounds it; undefined where there is nothing
 * to fill
 */
export function fillRegion(
  grid: Geometry,
  labels: Uint8Array,
  plane: Plane,
  place: Vector3,
  to: number,
  accepts: (voxel: number) => boolean = () => true
): Pick<LabelChange, 'to' | 'voxels' | 'from'> | 'open' | undefined {
  const { size } = grid
  const axis = through[plane]
  const start = applyAffine(indexFromWorld(grid), place).map(Math.round) as [number, number, number]
  if (start.some((index, along) => index < 0 || index >= (size[along] as number))) return undefined
  const seed = start[0] + size[0] * (start[1] + size[1] * start[2])
  const label = labels[seed] as number
  if (label === to || !accepts(seed)) return undefined
  const filled = new Set([seed])
  // A set is walked through in the order in which voxels come to it, those that come meanwhile too.
  for (const at of filled) {
    const index = voxelIndex(size, at)
    const isAtBorder = index.some((n, along) => along !== axis && (n === 0 || n === (size[along] as number) - 1))
    if (isAtBorder) return 'open'
    forEachNeighbour(grid, at, (next) => {
      const isInSlice = voxelIndex(size, next)[axis] === start[axis]
      if (isInSlice && labels[next] === label && accepts(next)) filled.add(next)
    })
  }
  return { to, voxels: Uint32Array.from(filled).sort(), from: new Uint8Array(filled.size).fill(label) }
}
