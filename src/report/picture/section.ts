import type { Mesh } from '../../core/mesh/mesh.ts'
import { type Plane, type PlanePoint, placeOn } from './plane.ts'

/** Closed lines of points, mm from the plane's upper left corner. */
export type Outline = readonly (readonly [x: number, y: number])[]

/** The outlines of a closed surface where a plane cuts it. */
export function sectionOutlines({ vertices, triangles }: Mesh, plane: Plane): Outline[] {
  const places: PlanePoint[] = []
  for (let at = 0; at < vertices.length; at += 3) {
    places.push(placeOn(plane, [vertices[at] as number, vertices[at + 1] as number, vertices[at + 2] as number]))
  }
  const above = (vertex: number): boolean => (places[vertex] as PlanePoint).depth > 0
  // Each cut triangle leads from the edge at which the plane goes below the surface's corner to the one where it rises.
  const next = new Map<string, { readonly to: string; readonly point: readonly [number, number] }>()
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((corner) => triangles[t + corner] as number)
    const edges = corners.map((from, corner) => [from, corners[(corner + 1) % 3] as number] as const)
    const falling = edges.find(([from, to]) => above(from) && !above(to))
    const rising = edges.find(([from, to]) => !above(from) && above(to))
    if (falling === undefined || rising === undefined) continue
    next.set(edgeKey(...falling), { to: edgeKey(...rising), point: crossing(places, ...falling) })
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

function edgeKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

function crossing(places: readonly PlanePoint[], from: number, to: number): readonly [number, number] {
  const [a, b] = [places[from] as PlanePoint, places[to] as PlanePoint]
  const share = a.depth / (a.depth - b.depth)
  return [a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)]
}
