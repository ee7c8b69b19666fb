import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { Side } from '../core/anatomy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
import {
  add,
  centroid,
  distance,
  identity3,
  type Matrix3,
  multiply,
  rotationAbout,
  subtract,
  transform,
  type Vector3
} from '../core/vector.ts'
import { type EarPoints, meanEar } from './mean-ear.ts'

/** The mean ear laid onto the points of a real one. */
export interface Pose {
  readonly frame: EarFrame
  /** Root mean square distance of the points from those of the mean ear, mm. */
  readonly residual: number
}

/** The best pose as a right ear and as a left one. */
export type Poses = Readonly<Record<Side, Pose>>

/** Three points lie in a plane and fit a right and a left ear alike; handedness needs a fourth. */
const leastPoints = 4

/** SD in mm of a point about its place in the mean ear, anatomy and reading together, as the side is judged by it. */
const pointSd = 1

const mirror: Matrix3 = [-1, 0, 0, 0, 1, 0, 0, 0, 1]

/** Both poses of an ear with these points; undefined when fewer than four points are known. */
export function fitPoses(points: EarPoints): Poses | undefined {
  if (points.size < leastPoints) return undefined
  return { left: fitPose(points, 'left'), right: fitPose(points, 'right') }
}

export function betterSide({ left, right }: Poses): Side {
  return left.residual < right.residual ? 'left' : 'right'
}

/**
 * Probability that a side is the true one, from how well the mean ear fits the points as that side and as the other
 * (likelihood ratio of independent normal errors).
 */
export function sideConfidence(poses: Poses, side: Side, points: number): number {
  const sumOfSquares = (of: Side): number => points * poses[of].residual ** 2
  const logRatio = (sumOfSquares(side === 'left' ? 'right' : 'left') - sumOfSquares(side)) / (2 * pointSd ** 2)
  return 1 / (1 + Math.exp(-logRatio))
}

/** The rigid pose of the mean ear of one side that brings it closest to the points (Horn 1987, by quaternions: never a reflection). */
function fitPose(points: EarPoints, side: Side): Pose {
  const ids = [...points.keys()]
  const reflection: Matrix3 = side === 'left' ? mirror : identity3
  const model = ids.map((id) => transform(reflection, meanEar[id]))
  const world = [...points.values()]
  const rotation = bestRotation(model, world)
  const origin = subtract(centroid(world), transform(rotation, centroid(model)))
  const errors = model.map((point, n) => distance(add(transform(rotation, point), origin), world[n] as Vector3))
  return {
    frame: { side, origin, direction: multiply(rotation, reflection) },
    residual: Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)
  }
}

/** The proper rotation that best turns `from` into `to`, both taken about their centroids. */
function bestRotation(from: readonly Vector3[], to: readonly Vector3[]): Matrix3 {
  const [middleFrom, middleTo] = [centroid(from), centroid(to)]
  const s = new Array<number>(9).fill(0)
  from.forEach((point, n) => {
    const a = subtract(point, middleFrom)
    const b = subtract(to[n] as Vector3, middleTo)
    for (const row of [0, 1, 2] as const) {
      for (const column of [0, 1, 2] as const) s[3 * row + column] = (s[3 * row + column] ?? 0) + a[row] * b[column]
    }
  })
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = s as [...Matrix3]
  const { eigenvectorMatrix } = new EigenvalueDecomposition(
    new Matrix([
      [xx + yy + zz, yz - zy, zx - xz, xy - yx],
      [yz - zy, xx - yy - zz, xy + yx, zx + xz],
      [zx - xz, xy + yx, yy - xx - zz, yz + zy],
      [xy - yx, zx + xz, yz + zy, zz - xx - yy]
    ]),
    { assumeSymmetric: true }
  )
  // Eigenvalues ascend: the last column is the unit quaternion (w, x, y, z) sought.
  const [w, x, y, z] = eigenvectorMatrix.getColumn(3) as [number, number, number, number]
  const sine = Math.hypot(x, y, z)
  return sine === 0 ? identity3 : rotationAbout([x / sine, y / sine, z / sine], 2 * Math.atan2(sine, w))
}
