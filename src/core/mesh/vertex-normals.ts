import { cross, type Vector3 } from '../math/vector.ts'
import type { Mesh } from './mesh.ts'

/** Outward unit normals at the vertices (N × 3): means of the adjacent triangles' normals, weighted by their areas. */
export function vertexNormals({ vertices, triangles }: Mesh): Float32Array {
  const normals = new Float32Array(vertices.length)
  const edge = (from: number, to: number): Vector3 => {
    const along = (axis: number): number => (vertices[3 * to + axis] as number) - (vertices[3 * from + axis] as number)
    return [along(0), along(1), along(2)]
  }
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = triangles.subarray(t, t + 3) as Uint32Array & [number, number, number]
    const normal = cross(edge(a, b), edge(a, c))
    for (const vertex of [a, b, c]) {
      for (const axis of [0, 1, 2] as const)
        normals[3 * vertex + axis] = (normals[3 * vertex + axis] as number) + normal[axis]
    }
  }
  for (let at = 0; at < normals.length; at += 3) {
    const normal = normals.subarray(at, at + 3)
    const length = Math.hypot(...normal)
    if (length > 0)
      normals.set(
        normal.map((value) => value / length),
        at
      )
  }
  return normals
}
