import type { Geometry } from '../geometry/geometry.ts'

/** A connected group of voxels. */
export interface Component {
  /** Its number in the map, from 1. */
  readonly id: number
  readonly voxels: number
}

/**
 * Connected components of the voxels for which `mask` is not zero.
 * @param neighbours whether voxels are connected by faces (6 neighbours), or by faces, edges and corners (26)
 * @returns the component number of each voxel (0 outside the mask) and the components, largest first.
 */
export function connectedComponents(
  geometry: Geometry,
  mask: Uint8Array,
  neighbours: 'faces' | 'corners' = 'faces'
): { map: Int32Array; components: Component[] } {
  const [nx, ny, nz] = geometry.size
  const plane = nx * ny
  const map = new Int32Array(mask.length)
  const components: Component[] = []
  // Each voxel waits once, and each component's come one after the other.
  const queue = new Int32Array(countOf(mask))
  let [begun, end, id] = [0, 0, 0]
  const visit = (at: number): void => {
    if (mask[at] === 0 || map[at] !== 0) return
    map[at] = id
    queue[end++] = at
  }
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || map[seed] !== 0) continue
    id++
    const first = begun
    visit(seed)
    for (; begun < end; begun++) {
      const at = queue[begun] as number
      const row = Math.floor(at / nx)
      const x = at - row * nx
      const z = Math.floor(row / ny)
      const y = row - z * ny
      if (neighbours === 'corners') {
        for (let k = Math.max(0, z - 1); k <= Math.min(nz - 1, z + 1); k++) {
          for (let j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
            for (let i = Math.max(0, x - 1); i <= Math.min(nx - 1, x + 1); i++) visit(i + nx * (j + ny * k))
          }
        }
        continue
      }
      if (x > 0) visit(at - 1)
      if (x + 1 < nx) visit(at + 1)
      if (y > 0) visit(at - nx)
      if (y + 1 < ny) visit(at + nx)
      if (z > 0) visit(at - plane)
      if (z + 1 < nz) visit(at + plane)
    }
    components.push({ id, voxels: end - first })
  }
  return { map, components: components.sort((a, b) => b.voxels - a.voxels) }
}

function countOf(mask: Uint8Array): number {
  let count = 0
  for (let at = 0; at < mask.length; at++) if (mask[at] !== 0) count++
  return count
}

/** 1 where the map of {@link connectedComponents} holds one of these components, else 0. */
export function maskOfComponents(map: Int32Array, ids: Iterable<number>): Uint8Array {
  const kept = new Set(ids)
  const mask = new Uint8Array(map.length)
  for (let at = 0; at < map.length; at++) {
    const id = map[at] as number
    if (id !== 0 && kept.has(id)) mask[at] = 1
  }
  return mask
}
