import type { Geometry } from '../../src/core/geometry/geometry.ts'
import { forEachNeighbour } from './neighbours.ts'

/**
 * Labels with a part grown by a voxel into the background, never into another part.
 * @param accepts which voxels may be taken, by their numbers
 */
export function grow(
  grid: Geometry,
  labels: Uint8Array,
  part: number,
  accepts: (voxel: number) => boolean = () => true
): Uint8Array {
  const grown = Uint8Array.from(labels)
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] !== part) continue
    forEachNeighbour(grid, at, (next) => {
      if (labels[next] === 0 && accepts(next)) grown[next] = part
    })
  }
  return grown
}
