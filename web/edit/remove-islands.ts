import type { Geometry } from '../../src/core/geometry/geometry.ts'
import { loosePieces } from '../../src/core/image/loose-pieces.ts'

/** Labels with only the largest component of a part; voxels are connected by faces, edges and corners. */
export function removeIslands(grid: Geometry, labels: Uint8Array, part: number): Uint8Array {
  const cleaned = Uint8Array.from(labels)
  const mask = labels.map((label) => Number(label === part))
  for (const piece of loosePieces(grid, mask)) for (const at of piece) cleaned[at] = 0
  return cleaned
}
