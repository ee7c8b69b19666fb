import { cross } from '../../core/math/vector.ts'
import type { Mesh } from '../../core/mesh/mesh.ts'
import { type Plane, type PlanePoint, placeOn } from './plane.ts'

/** Closed lines of points, mm from the plane's upper left corner. */
export type Outline = readonly (readonly [x: number, y: number])[]

/** The outlines of a closed surface where a plane cuts it. */
export function sectionOutlines({ vertices, triangles }: Mesh, plane: Plane): Outline[] {
  const depths = depthsOf(vertices, plane)
  const above = (vertex: number): boolean => (depths[vertex] as number) > 0
  const count = depths.length
  // An edge by the numbers of its ends, whichever comes first.
  const edgeKey = (a: number, b: number): number => (a < b ? a * count + b : b * count + a)
  // Each cut triangle leads from the edge at which the plane goes below the surface's corner to the one where it rises.
  const next = new Map<number, { readonly to: number; readonly point: readonly [number, number] }>()
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t] as number, triangles[t + 1] as number, triangles[t + 2] as number]
    const [isA, isB, isC] = [above(a), above(b), above(c)]
    // Nearly all triangles lie on one side.
    if (isA === isB && isB === isC) continue
    const falling = isA && !isB ? ([a, b] as const) : isB && !isC ? ([b, c] as const) : ([c, a] as const)
    const rising = !isA && isB ? ([a, b] as const) : !isB && isC ? ([b, c] as const) : ([c, a] as const)
    next.set(edgeKey(...falling), { to: edgeKey(...rising), point: crossing(vertices, plane, ...falling) })
  }
  const outlines: Outline[] = []
  for (let [start] = next.keys(); start !== undefined; [start] = next.keys()) {
    const outline: (readonly [number, number])[] = []
    for (let key = start, step = next.get(key); step !== undefined; key = step.to, step = next.get(key)) {
      outline.push(step.point)
      next.delete(key)
    }
    outlines.push(outline)
  }
  return outlines
}

/** Signed distance of each vertex from the plane, as `placeOn` gives it, mm. */
function depthsOf(vertices: Mesh['vertices'], { center, across, down }: Plane): Float64Array {
  const [nx, ny, nz] = cross(across, down)
  const [cx, cy, cz] = center
  const depths = new Float64Array(vertices.length / 3)
  for (let vertex = 0, at = 0; vertex < depths.length; vertex++, at += 3) {
    const [x, y, z] = [vertices[at] as number, vertices[at + 1] as number, vertices[at + 2] as number]
    depths[vertex] = (x - cx) * nx + (y - cy) * ny + (z - cz) * nz
  }
  return depths
}

function crossing(vertices: Mesh['vertices'], plane: Plane, from: number, to: number): readonly [number, number] {
  const place = (vertex: number): PlanePoint => {
    const at = 3 * vertex
    return placeOn(plane, [vertices[at] as number, vertices[at + 1] as number, vertices[at + 2] as number])
  }
  const [a, b] = [place(from), place(to)]
  const share = a.depth / (a.depth - b.depth)
  return [a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)]
}
