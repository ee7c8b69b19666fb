import { createDisjointSets } from '../math/disjoint-sets.ts'
import type { Mesh } from './mesh.ts'

/** How a surface hangs together. */
export interface MeshTopology {
  /** Whether every edge lies in exactly two triangles that run along it in opposite directions. */
  readonly closed: boolean
  /** Number of separate closed shells; a void inside a body is a shell of its own. */
  readonly shells: number
  /** Number of handles of all shells together: 0 for a ball, 1 for a ring. Undefined for a surface that is not closed. */
  readonly genus: number | undefined
}

/** The topology of a mesh, its genus by the Euler characteristic: vertices − edges + triangles = 2 · shells − 2 · genus. */
export function meshTopology(mesh: Mesh): MeshTopology {
  const { triangles } = mesh
  const shells = new Set(shellsOfTriangles(mesh)).size
  const closed = !twinEdges(triangles).includes(noTwin)
  if (!closed) return { closed, shells, genus: undefined }
  const euler = new Set(triangles).size - triangles.length / 2 + triangles.length / 3
  return { closed, shells, genus: (2 * shells - euler) / 2 }
}

/** For each triangle a number that it shares with those it hangs together with by edges, and with no others. */
export function shellsOfTriangles({ triangles }: Mesh): Uint32Array {
  const sets = createDisjointSets(triangles.length / 3)
  for (const [edge, twin] of twinEdges(triangles).entries()) {
    if (twin >= 0) sets.join(Math.floor(edge / 3), Math.floor(twin / 3))
  }
  return Uint32Array.from({ length: triangles.length / 3 }, (_, t) => sets.find(t))
}

/**
 * The same surface with a vertex of its own for each fan of triangles around a vertex: shells that touch in a point no
 * longer share it, so that the surface is a manifold there too.
 */
export function separateFans({ vertices, triangles }: Mesh): Mesh {
  const fans = createDisjointSets(triangles.length)
  for (const [edge, twin] of twinEdges(triangles).entries()) {
    if (twin < 0) continue
    fans.join(edge, following(twin))
    fans.join(following(edge), twin)
  }
  const vertexOf = new Map<number, number>()
  const places: number[] = []
  const corners = triangles.map((old, corner) => {
    const fan = fans.find(corner)
    const known = vertexOf.get(fan)
    if (known !== undefined) return known
    vertexOf.set(fan, vertexOf.size)
    for (const axis of [0, 1, 2]) places.push(vertices[3 * old + axis] as number)
    return vertexOf.size - 1
  })
  return { vertices: Float64Array.from(places), triangles: corners }
}

const noTwin = -1

/**
 * For the edge that starts at each corner of each triangle, the one that runs back along it in another triangle; −1
 * where there is none or more than one.
 */
function twinEdges(triangles: Uint32Array): Int32Array {
  const vertices = triangles.reduce((most, vertex) => Math.max(most, vertex + 1), 0)
  const from = (edge: number): number => triangles[edge] as number
  const to = (edge: number): number => triangles[following(edge)] as number
  const edges = new Map<number, number>()
  for (let edge = 0; edge < triangles.length; edge++) {
    const key = from(edge) * vertices + to(edge)
    edges.set(key, edges.has(key) ? noTwin : edge)
  }
  const single = (key: number): number => edges.get(key) ?? noTwin
  return Int32Array.from(triangles, (_, edge) =>
    single(from(edge) * vertices + to(edge)) === edge ? single(to(edge) * vertices + from(edge)) : noTwin
  )
}

/** The next corner of the same triangle. */
function following(corner: number): number {
  return corner % 3 === 2 ? corner - 2 : corner + 1
}
