/** A closed triangle surface in LPS mm. Seen from outside, the corners of every triangle run counter-clockwise. */
export interface Mesh {
  /** N × 3 coordinates, LPS mm. */
  readonly vertices: Float32Array | Float64Array
  /** M × 3 vertex numbers. */
  readonly triangles: Uint32Array
}

/**
 * Volume enclosed by a closed mesh in mm³ (divergence theorem); positive when its triangles face outward.
 *
 * @example
 * ```ts
 * import { type EarFinding, meshVolume } from 'otomark'
 *
 * const labyrinthVolume = ({ surfaces }: EarFinding) => `${meshVolume(surfaces.labyrinth).toFixed(0)} mm³`
 * ```
 */
export function meshVolume(mesh: Mesh): number {
  const { vertices, triangles } = mesh
  const at = (corner: number, axis: number): number => vertices[3 * (triangles[corner] as number) + axis] as number
  let sixfold = 0
  for (let t = 0; t < triangles.length; t += 3) {
    const [ax, ay, az] = [at(t, 0), at(t, 1), at(t, 2)]
    const [bx, by, bz] = [at(t + 1, 0), at(t + 1, 1), at(t + 1, 2)]
    const [cx, cy, cz] = [at(t + 2, 0), at(t + 2, 1), at(t + 2, 2)]
    sixfold += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)
  }
  return sixfold / 6
}

/**
 * Several meshes as one.
 *
 * @example
 * ```ts
 * import { type Findings, mergeMeshes } from 'otomark'
 *
 * const bothLabyrinths = ({ ears }: Findings) => mergeMeshes(ears.map(({ surfaces }) => surfaces.labyrinth))
 * ```
 */
export function mergeMeshes(meshes: readonly Mesh[]): Mesh {
  const vertices = new Float64Array(meshes.reduce((sum, mesh) => sum + mesh.vertices.length, 0))
  const triangles = new Uint32Array(meshes.reduce((sum, mesh) => sum + mesh.triangles.length, 0))
  let [vertexAt, triangleAt] = [0, 0]
  for (const mesh of meshes) {
    vertices.set(mesh.vertices, 3 * vertexAt)
    for (const corner of mesh.triangles) triangles[triangleAt++] = corner + vertexAt
    vertexAt += mesh.vertices.length / 3
  }
  return { vertices, triangles }
}

/** The same triangles with only the vertices they use, numbered as they come. */
export function withoutUnusedVertices({ vertices, triangles }: Mesh): Mesh {
  const numbers = new Map<number, number>()
  const places: number[] = []
  const corners = triangles.map((old) => {
    const known = numbers.get(old)
    if (known !== undefined) return known
    numbers.set(old, numbers.size)
    places.push(...vertices.subarray(3 * old, 3 * old + 3))
    return numbers.size - 1
  })
  return { vertices: Float64Array.from(places), triangles: corners }
}
