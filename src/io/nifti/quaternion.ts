import { dot, type Matrix3, norm, scale, type Vector3 } from '../../core/math/vector.ts'

/** How much longer than 1 the stored part of a unit quaternion may be by rounding. */
const rounding = 1e-3

/** Whether these can be parts b, c, d of a unit quaternion. */
export function isRotation(stored: Vector3): boolean {
  return norm(stored) <= 1 + rounding
}

/** The rotation of the unit quaternion (a, b, c, d), a ≥ 0, of which b, c, d are stored (nifti1.h, method 2). */
export function rotationOf(stored: Vector3): Matrix3 {
  const rest = 1 - dot(stored, stored)
  // Rounding may leave the vector part a little longer than 1: then a is 0 and the vector is shortened.
  const halfTurn = rest < 1e-7
  const a = halfTurn ? 0 : Math.sqrt(rest)
  const [b, c, d] = halfTurn ? scale(stored, 1 / norm(stored)) : stored
  return [
    a * a + b * b - c * c - d * d,
    2 * (b * c - a * d),
    2 * (b * d + a * c),
    2 * (b * c + a * d),
    a * a + c * c - b * b - d * d,
    2 * (c * d - a * b),
    2 * (b * d - a * c),
    2 * (c * d + a * b),
    a * a + d * d - b * b - c * c
  ]
}

/** The inverse of {@link rotationOf} for a rotation matrix: parts b, c, d of its unit quaternion with a ≥ 0. */
export function quaternionOf(r: Matrix3): Vector3 {
  const [xy, xz, yz] = [r[1] + r[3], r[2] + r[6], r[5] + r[7]]
  const [wx, wy, wz] = [r[7] - r[5], r[2] - r[6], r[3] - r[1]]
  // Each row is (a, b, c, d) times four times one of these parts; the longest row is the most exact.
  const rows = [
    [1 + r[0] + r[4] + r[8], wx, wy, wz],
    [wx, 1 + r[0] - r[4] - r[8], xy, xz],
    [wy, xy, 1 - r[0] + r[4] - r[8], yz],
    [wz, xz, yz, 1 - r[0] - r[4] + r[8]]
  ] as const
  const length = (row: readonly number[]): number => Math.hypot(...row)
  const [a, b, c, d] = rows.reduce((best, row) => (length(row) > length(best) ? row : best))
  return scale([b, c, d], (a < 0 ? -1 : 1) / length([a, b, c, d]))
}
