import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import {
  add,
  identity3,
  type Matrix3,
  rotationAbout,
  scale,
  subtract,
  transform,
  type Vector3
} from '../core/math/vector.ts'

/** A rigid motion x → rotation · x + translation. */
export interface RigidMotion {
  readonly rotation: Matrix3
  readonly translation: Vector3
}

/**
 * The rigid motion that brings `from` closest to `to` in the weighted least-squares sense; never a reflection
 * (Horn 1987: the rotation is the unit quaternion with the greatest eigenvalue of a 4 × 4 matrix).
 * @param weights one for each point, not negative, not all zero
 */
export function fitRotation(from: readonly Vector3[], to: readonly Vector3[], weights: readonly number[]): RigidMotion {
  const [middleFrom, middleTo] = [weightedMean(from, weights), weightedMean(to, weights)]
  const s = new Array<number>(9).fill(0)
  for (const [n, weight] of weights.entries()) {
    const a = subtract(from[n] as Vector3, middleFrom)
    const b = subtract(to[n] as Vector3, middleTo)
    for (const row of [0, 1, 2] as const) {
      for (const column of [0, 1, 2] as const)
        s[3 * row + column] = (s[3 * row + column] ?? 0) + weight * a[row] * b[column]
    }
  }
  const rotation = largestRotation(s as [...Matrix3])
  return { rotation, translation: subtract(middleTo, transform(rotation, middleFrom)) }
}

/** The rotation R that makes the trace of R · s greatest, for a sum s of products of coordinates. */
function largestRotation([xx, xy, xz, yx, yy, yz, zx, zy, zz]: Matrix3): Matrix3 {
  const { eigenvectorMatrix } = new EigenvalueDecomposition(
    new Matrix([
      [xx + yy + zz, yz - zy, zx - xz, xy - yx],
      [yz - zy, xx - yy - zz, xy + yx, zx + xz],
      [zx - xz, xy + yx, yy - xx - zz, yz + zy],
      [xy - yx, zx + xz, yz + zy, zz - xx - yy]
    ]),
    { assumeSymmetric: true }
  )
  // Eigenvalues ascend: the last column is the quaternion (w, x, y, z) sought.
  const [w, x, y, z] = eigenvectorMatrix.getColumn(3) as [number, number, number, number]
  const sine = Math.hypot(x, y, z)
  return sine === 0 ? identity3 : rotationAbout([x / sine, y / sine, z / sine], 2 * Math.atan2(sine, w))
}

function weightedMean(points: readonly Vector3[], weights: readonly number[]): Vector3 {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return scale(
    points.reduce<Vector3>((sum, point, n) => add(sum, scale(point, weights[n] as number)), [0, 0, 0]),
    1 / total
  )
}
