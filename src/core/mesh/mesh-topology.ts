import { createDisjointSets } from '../math/disjoint-sets.ts'
import type { Mesh } from './mesh.ts'

/** Topology of a surface. */
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
  const twins = twinEdges(triangles)
  const shells = new Set(shellsAlong(twins)).size
  const closed = !twins.includes(noTwin)
  if (!closed) return { closed, shells, genus: undefined }
  const euler = vertexCount(triangles) - triangles.length / 2 + triangles.length / 3
  return { closed, shells, genus: (2 * shells - euler) / 2 }
}

/** The number of each triangle's component; triangles that share an edge are connected. */
export function shellsOfTriangles({ triangles }: Mesh): Uint32Array {
  return shellsAlong(twinEdges(triangles))
}

function shellsAlong(twins: Int32Array): Uint32Array {
  const sets = createDisjointSets(twins.length / 3)
  for (let edge = 0; edge < twins.length; edge++) {
    const twin = twins[edge] as number
    if (twin !== noTwin) sets.join(Math.floor(edge / 3), Math.floor(twin / 3))
  }
  return new Uint32Array(twins.length / 3).map((_, t) => sets.find(t))
}

/**
 * The same surface with a vertex of its own for each fan of triangles around a vertex: shells that touch in a point no
 * longer share it, so that the surface is a manifold there too.
 */
export function splitNonManifoldVertices({ vertices, triangles }: Mesh): Mesh {
  const fans = createDisjointSets(triangles.length)
  const twins = twinEdges(triangles)
  for (let edge = 0; edge < twins.length; edge++) {
    const twin = twins[edge] as number
    if (twin === noTwin) continue
    fans.join(edge, following(twin))
    fans.join(following(edge), twin)
  }
  const vertexOf = new Int32Array(triangles.length).fill(-1)
  const places: number[] = []
  const corners = triangles.map((old, corner) => {
    const fan = fans.find(corner)
    if (vertexOf[fan] === -1) {
      vertexOf[fan] = places.length / 3
      places.push(vertices[3 * old] as number, vertices[3 * old + 1] as number, vertices[3 * old + 2] as number)
    }
    return vertexOf[fan] as number
  })
  return { vertices: Float64Array.from(places), triangles: corners }
}

const noTwin = -1

/**
 * For the edge that starts at each corner of each triangle, the one that runs back along it in another triangle; −1
 * where there is none or more than one.
 */
function twinEdges(triangles: Uint32Array): Int32Array {
  const { starts, edges } = edgesByVertex(triangles)
  const ends = edges.map((edge) => triangles[following(edge)] as number)
  /** The only edge from one vertex to another. */
  const single = (a: number, b: number): number => {
    let found = noTwin
    const end = starts[a + 1] as number
    for (let n = starts[a] as number; n < end; n++) {
      if (ends[n] !== b) continue
      if (found !== noTwin) return noTwin
      found = edges[n] as number
    }
    return found
  }
  const twins = new Int32Array(triangles.length).fill(noTwin)
  for (let edge = 0; edge < triangles.length; edge++) {
    if (twins[edge] !== noTwin) continue
    const [from, to] = [triangles[edge] as number, triangles[following(edge)] as number]
    if (single(from, to) !== edge) continue
    const twin = single(to, from)
    if (twin === noTwin) continue
    twins[edge] = twin
    twins[twin] = edge
  }
  return twins
}

/** The edges that start at vertex v are `edges[starts[v]]` to `edges[starts[v + 1] − 1]`, an edge by its first corner. */
function edgesByVertex(triangles: Uint32Array): { starts: Uint32Array; edges: Uint32Array } {
  const vertices = triangles.reduce((most, vertex) => Math.max(most, vertex + 1), 0)
  const starts = new Uint32Array(vertices + 1)
  for (const vertex of triangles) starts[vertex + 1] = (starts[vertex + 1] as number) + 1
  for (let v = 0; v < vertices; v++) starts[v + 1] = (starts[v + 1] as number) + (starts[v] as number)
  const next = starts.slice()
  const edges = new Uint32Array(triangles.length)
  for (let edge = 0; edge < triangles.length; edge++) {
    const vertex = triangles[edge] as number
    const at = next[vertex] as number
    edges[at] = edge
    next[vertex] = at + 1
  }
  return { starts, edges }
}

/** Number of vertices that triangles use. */
function vertexCount(triangles: Uint32Array): number {
  const { starts } = edgesByVertex(triangles)
  return starts.reduce((count, start, v) => count + (v > 0 && start > (starts[v - 1] as number) ? 1 : 0), 0)
}

/** The next corner of the same triangle. */
function following(corner: number): number {
  return corner % 3 === 2 ? corner - 2 : corner + 1
}
