import { type Geometry, voxelIndex } from '../geometry/geometry.ts'

/** A group of voxels that touch each other, if only at a corner, and no others. */
export interface Piece {
  readonly voxels: Uint32Array
}

/**
 * The pieces of the voxels that are not zero, apart from the largest, largest first. Voxels hang together where they share
 * a face, an edge or a corner.
 */
export function loosePieces(geometry: Geometry, mask: Uint8Array): Piece[] {
  const isSeen = new Uint8Array(mask.length)
  const pieces: Piece[] = []
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] !== 0 && isSeen[seed] === 0) pieces.push({ voxels: pieceFrom(seed, geometry, mask, isSeen) })
  }
  return pieces.sort((a, b) => b.voxels.length - a.voxels.length).slice(1)
}

/** @param isSeen gets 1 at every voxel of the piece */
function pieceFrom(seed: number, { size }: Geometry, mask: Uint8Array, isSeen: Uint8Array): Uint32Array {
  const [nx, ny, nz] = size
  const found = [seed]
  isSeen[seed] = 1
  for (let next = 0; next < found.length; next++) {
    const [x, y, z] = voxelIndex(size, found[next] as number)
    for (let k = Math.max(0, z - 1); k <= Math.min(nz - 1, z + 1); k++) {
      for (let j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(nx - 1, x + 1); i++) {
          const at = i + nx * (j + ny * k)
          if (mask[at] === 0 || isSeen[at] === 1) continue
          isSeen[at] = 1
          found.push(at)
        }
      }
    }
  }
  return Uint32Array.from(found)
}
