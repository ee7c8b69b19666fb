import { type Mesh, mergeMeshes, meshVolume, withoutUnusedVertices } from './mesh.ts'
import { shellsOfTriangles } from './mesh-topology.ts'

/** A mesh without its closed shells that enclose less than `minVolume` mm³, be they specks or voids inside a body. */
export function withoutSpecks(mesh: Mesh, minVolume: number): Mesh {
  const corners = new Map<number, number[]>()
  const shellOf = shellsOfTriangles(mesh)
  for (let t = 0; t < shellOf.length; t++) {
    const shell = shellOf[t] as number
    const triangle = mesh.triangles.subarray(3 * t, 3 * t + 3)
    const known = corners.get(shell)
    if (known === undefined) corners.set(shell, [...triangle])
    else known.push(...triangle)
  }
  const shells = [...corners.values()].map((own) => ({ vertices: mesh.vertices, triangles: Uint32Array.from(own) }))
  const kept = shells.filter((shell) => Math.abs(meshVolume(shell)) >= minVolume)
  return kept.length === shells.length ? mesh : mergeMeshes(kept.map(withoutUnusedVertices))
}
