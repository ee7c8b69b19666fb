import type { Mesh } from './mesh.ts'

/** Outward unit normals at the vertices (N × 3): means of the adjacent triangles' normals, weighted by their areas. */
export function vertexNormals({ vertices, triangles }: Mesh): Float32Array {
  const normals = new Float32Array(vertices.length)
  const along = (from: number, to: number, axis: number): number =>
    (vertices[to + axis] as number) - (vertices[from + axis] as number)
  const add = (at: number, length: number): void => {
    normals[at] = (normals[at] as number) + length
  }
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * (triangles[t] as number)
    const b = 3 * (triangles[t + 1] as number)
    const c = 3 * (triangles[t + 2] as number)
    const [ux, uy, uz] = [along(a, b, 0), along(a, b, 1), along(a, b, 2)]
    const [vx, vy, vz] = [along(a, c, 0), along(a, c, 1), along(a, c, 2)]
    const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const corner of [a, b, c]) {
      add(corner, x)
      add(corner + 1, y)
      add(corner + 2, z)
    }
  }
  for (let at = 0; at < normals.length; at += 3) {
    const [x, y, z] = [normals[at] as number, normals[at + 1] as number, normals[at + 2] as number]
    const length = Math.hypot(x, y, z)
    if (length === 0) continue
    normals[at] = x / length
    normals[at + 1] = y / length
    normals[at + 2] = z / length
  }
  return normals
}
