import type { Vector3 } from '../math/vector.ts'

/** How far above the level a voxel is raised, as a share of the values' size there. */
const margin = 1e-3

/**
 * The same values, with every pair of voxels above the level that touch only along an edge joined: of the two voxels
 * between them the higher one is raised to just above the level, until there is no such pair. A surface around the
 * rest has every edge in exactly two faces.
 */
export function joinDiagonals(data: ArrayLike<number>, size: Vector3, level: number): Float32Array {
  const values = new Float32Array(data)
  const above = new Uint8Array(values.length)
  for (let at = 0; at < values.length; at++) if ((values[at] as number) > level) above[at] = 1
  const raised = level + margin * Math.max(1, Math.abs(level))
  const strides = [1, size[0], size[0] * size[1]] as const
  for (let changed = true; changed; ) {
    changed = false
    for (const [u, v, w] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1]
    ] as const) {
      for (let c = 0; c < size[w]; c++) {
        for (let b = 0; b + 1 < size[v]; b++) {
          let near = b * strides[v] + c * strides[w]
          for (let a = 0; a + 1 < size[u]; a++, near += strides[u]) {
            const alongU = near + strides[u]
            const alongV = near + strides[v]
            const far = alongU + strides[v]
            if (above[near] !== above[far] || above[alongU] !== above[alongV] || above[near] === above[alongU]) continue
            const [first, second] = above[near] === 1 ? [alongU, alongV] : [near, far]
            const higher = (values[first] as number) >= (values[second] as number) ? first : second
            values[higher] = raised
            above[higher] = 1
            changed = true
          }
        }
      }
    }
  }
  return values
}
