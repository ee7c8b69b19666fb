import { add, cross, normalize, subtract, type Vector3 } from '../../core/math/vector.ts'

/** Resamples a table of points (first three columns, mm) and radii at about `step` mm by Catmull–Rom splines. */
export function densify(rows: readonly number[][], step: number): number[][] {
  const at = (n: number): number[] => rows[Math.max(0, Math.min(rows.length - 1, n))] as number[]
  const dense: number[][] = []
  for (let n = 0; n + 1 < rows.length; n++) {
    const [p0, p1, p2, p3] = [at(n - 1), at(n), at(n + 1), at(n + 2)]
    const length = Math.hypot(...[0, 1, 2].map((axis) => (p2[axis] as number) - (p1[axis] as number)))
    const pieces = Math.max(1, Math.round(length / step))
    for (let piece = 0; piece < pieces; piece++) {
      const t = piece / pieces
      dense.push(
        p1.map((b, column) => {
          const [a, c, d] = [p0[column] as number, p2[column] as number, p3[column] as number]
          return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        })
      )
    }
  }
  dense.push([...at(rows.length - 1)])
  return dense
}

/** Unit normal of the plane a curved row of points lies in (sum of the swept triangles). */
export function planeNormal(rows: readonly number[][]): Vector3 {
  const points = rows.map((row) => [row[0], row[1], row[2]] as unknown as Vector3)
  const start = points[0] as Vector3
  let sum: Vector3 = [0, 0, 0]
  for (let n = 1; n + 1 < points.length; n++) {
    sum = add(sum, cross(subtract(points[n] as Vector3, start), subtract(points[n + 1] as Vector3, start)))
  }
  return normalize(sum)
}
