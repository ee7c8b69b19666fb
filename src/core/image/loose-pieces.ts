import type { Geometry } from '../geometry/geometry.ts'
import { connectedComponents } from './components.ts'

/**
 * The pieces of the voxels that are not zero, apart from the largest, largest first, each as the numbers of its voxels.
 * Voxels that share a face, an edge or a corner are connected.
 */
export function loosePieces(geometry: Geometry, mask: Uint8Array): Uint32Array[] {
  const { map, components } = connectedComponents(geometry, mask, 'corners')
  return components.slice(1).map(({ id, voxels }) => {
    const piece = new Uint32Array(voxels)
    let next = 0
    for (let at = 0; at < map.length; at++) if (map[at] === id) piece[next++] = at
    return piece
  })
}
