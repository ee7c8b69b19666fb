import type { Vector3 } from './vector.ts'

/** How far above the level a voxel is raised, as a share of the values' size there. */
const margin = 1e-3

/**
 * The same values, with every pair of voxels above the level that touch only along an edge joined: of the two voxels
 * between them the higher one is raised to just above the level, until there is no such pair. A surface around the
 * rest has every edge in exactly two faces.
 */
export function joinDiagonals(data: ArrayLike<number>, size: Vector3, level: number): Float32Array {
  const values = Float32Array.from(data)
  const strides = [1, size[0], size[0] * size[1]] as const
  const raised = level + margin * Math.max(1, Math.abs(level))
  for (let changed = true; changed; ) {
    changed = false
    for (const [u, v, w] of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1]
    ] as const) {
      for (let c = 0; c < size[w]; c++) {
        for (let b = 0; b + 1 < size[v]; b++) {
          for (let a = 0; a + 1 < size[u]; a++) {
            const corner = a * strides[u] + b * strides[v] + c * strides[w]
            changed = joinFace(values, corner, strides[u], strides[v], level, raised) || changed
          }
        }
      }
    }
  }
  return values
}

/** Joins the diagonal of a face of four voxels if it has one. */
function joinFace(values: Float32Array, corner: number, u: number, v: number, level: number, raised: number): boolean {
  const above = (at: number): boolean => (values[at] as number) > level
  const [near, alongU, alongV, far] = [corner, corner + u, corner + v, corner + u + v]
  if (above(near) !== above(far) || above(alongU) !== above(alongV) || above(near) === above(alongU)) return false
  const [first, second] = above(near) ? [alongU, alongV] : [near, far]
  values[(values[first] as number) >= (values[second] as number) ? first : second] = raised
  return true
}
