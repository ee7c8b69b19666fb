import { add, cross, distance, dot, norm, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'

type Triangle = readonly [Vector3, Vector3, Vector3]

/** Corners and centroids of all triangles of one mesh: how far the farthest lies from the surface of another, mm. */
export function greatestDistance(from: Mesh, to: Mesh, reach: number): number {
  const near = trianglesNear(to, reach)
  let greatest = 0
  for (const [a, b, c] of trianglesOf(from)) {
    for (const point of [a, scale(add(add(a, b), c), 1 / 3)]) {
      let least = reach
      for (const { triangle, middle, radius } of near(point)) {
        if (distance(point, middle) - radius < least) least = Math.min(least, distanceTo(point, triangle))
      }
      greatest = Math.max(greatest, least)
    }
  }
  return greatest
}

/** Distance of a point from a triangle (Ericson, Real-Time Collision Detection, 2005). */
export function distanceTo(point: Vector3, [a, b, c]: Triangle): number {
  const normal = cross(subtract(b, a), subtract(c, a))
  const inside = [
    [a, b],
    [b, c],
    [c, a]
  ].every(([p, q]) => dot(cross(subtract(q as Vector3, p as Vector3), subtract(point, p as Vector3)), normal) >= 0)
  if (inside && norm(normal) > 0) return Math.abs(dot(subtract(point, a), normal)) / norm(normal)
  return Math.min(distanceToEdge(point, a, b), distanceToEdge(point, b, c), distanceToEdge(point, c, a))
}

function distanceToEdge(point: Vector3, a: Vector3, b: Vector3): number {
  const along = subtract(b, a)
  const share = Math.max(0, Math.min(1, dot(subtract(point, a), along) / (dot(along, along) || 1)))
  return distance(point, add(a, scale(along, share)))
}

/** A triangle and a ball around it. */
interface Bounded {
  readonly triangle: Triangle
  readonly middle: Vector3
  readonly radius: number
}

/** Finds the triangles whose boxes come within `reach` mm of a point. */
function trianglesNear(mesh: Mesh, reach: number): (point: Vector3) => Bounded[] {
  const cells = new Map<string, Bounded[]>()
  const cell = (mm: number): number => Math.floor(mm / reach)
  for (const triangle of trianglesOf(mesh)) {
    const middle = scale(triangle.reduce(add), 1 / 3)
    const bounded = { triangle, middle, radius: Math.max(...triangle.map((corner) => distance(corner, middle))) }
    const ends = ([0, 1, 2] as const).map((axis) => {
      const along = triangle.map((corner) => corner[axis])
      return [cell(Math.min(...along) - reach), cell(Math.max(...along) + reach)] as const
    }) as [readonly [number, number], readonly [number, number], readonly [number, number]]
    for (let x = ends[0][0]; x <= ends[0][1]; x++) {
      for (let y = ends[1][0]; y <= ends[1][1]; y++) {
        for (let z = ends[2][0]; z <= ends[2][1]; z++) {
          const key = `${x} ${y} ${z}`
          const there = cells.get(key)
          if (there === undefined) cells.set(key, [bounded])
          else there.push(bounded)
        }
      }
    }
  }
  return (point) => cells.get(point.map(cell).join(' ')) ?? []
}

function trianglesOf({ vertices, triangles }: Mesh): Triangle[] {
  const at = (corner: number): Vector3 => {
    const [x, y, z] = vertices.subarray(3 * (triangles[corner] as number))
    return [x as number, y as number, z as number]
  }
  return Array.from({ length: triangles.length / 3 }, (_, t) => [at(3 * t), at(3 * t + 1), at(3 * t + 2)])
}
