import { Matrix, solve } from 'ml-matrix'
import { fitPlane } from './fit-plane.ts'
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from './vector.ts'

/** A circle in space, mm. */
export interface Circle {
  readonly center: Vector3
  /** Unit vector. */
  readonly normal: Vector3
  readonly radius: number
}

/** The circle through at least four places: their least-squares plane, then an algebraic fit within it (Kåsa 1976). */
export function fitCircle(places: readonly Vector3[], towards: Vector3): Circle {
  const { point, normal } = fitPlane(places, towards)
  const [u, v] = planeAxes(normal)
  const flat = places.map((place) => {
    const offset = subtract(place, point)
    return [dot(offset, u), dot(offset, v)] as const
  })
  const [a, b, c] = solve(
    new Matrix(flat.map(([x, y]) => [2 * x, 2 * y, 1])),
    Matrix.columnVector(flat.map(([x, y]) => x * x + y * y))
  ).to1DArray() as [number, number, number]
  return { center: add(point, add(scale(u, a), scale(v, b))), normal, radius: Math.sqrt(c + a * a + b * b) }
}

/** Two unit vectors of the plane with this unit normal, at right angles. */
export function planeAxes(normal: Vector3): readonly [Vector3, Vector3] {
  const helper: Vector3 = Math.abs(normal[0]) < 0.7 ? [1, 0, 0] : [0, 1, 0]
  const u = normalize(cross(normal, helper))
  return [u, cross(normal, u)]
}
