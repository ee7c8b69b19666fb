import type { Geometry } from '../../src/core/geometry/geometry.ts'
import { forEachNeighbour } from './neighbours.ts'

/** Labels with a part made smaller by a voxel where it borders on the background; where parts meet, nothing goes. */
export function shrink(grid: Geometry, labels: Uint8Array, part: number): Uint8Array {
  const shrunk = Uint8Array.from(labels)
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] !== part) continue
    forEachNeighbour(grid, at, (next) => {
      if (labels[next] === 0) shrunk[at] = 0
    })
  }
  return shrunk
}
