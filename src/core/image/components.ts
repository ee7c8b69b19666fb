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
  const stack: number[] = []
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || map[seed] !== 0) continue
    const id = components.length + 1
    let voxels = 0
    const visit = (at: number): void => {
      if (mask[at] === 0 || map[at] !== 0) return
      map[at] = id
      stack.push(at)
    }
    visit(seed)
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      voxels++
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
    components.push({ id, voxels })
  }
  return { map, components: components.sort((a, b) => b.voxels - a.voxels) }
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
