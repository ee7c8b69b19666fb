import { type Mesh, withoutUnusedVertices } from './mesh.ts'
import { meshTopology } from './mesh-topology.ts'

/** How often the tolerance is halved before a mesh is left as it is. */
const maxTries = 4

/**
 * A closed mesh with fewer triangles: edges are collapsed as long as the quadric error (Garland & Heckbert 1997) stays
 * below `tolerance` mm. The vertices that remain have not moved. Where a collapse would open the surface, close a
 * handle or lose a shell, the tolerance is halved.
 */
export async function decimate(mesh: Mesh, tolerance: number): Promise<Mesh> {
  if (mesh.triangles.length === 0) return mesh
  // Not with the program: it compiles WebAssembly as soon as it is imported.
  const { MeshoptSimplifier } = await import('meshoptimizer/simplifier')
  await MeshoptSimplifier.ready
  // Relative to the first vertex, so that single precision suffices far from the world's origin too.
  const positions = new Float32Array(mesh.vertices.map((mm, at) => mm - (mesh.vertices[at % 3] as number)))
  const before = meshTopology(mesh)
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const error = tolerance / 2 ** attempt
    const [triangles] = MeshoptSimplifier.simplify(mesh.triangles, positions, 3, 0, error, ['ErrorAbsolute'])
    const candidate = withoutUnusedVertices({ vertices: mesh.vertices, triangles })
    const after = meshTopology(candidate)
    if (after.closed && after.shells === before.shells && after.genus === before.genus) return candidate
  }
  return mesh
}
