import type { Side } from '../core/anatomy.ts'
import { type Matrix3, mirror, multiply, type Vector3 } from '../core/math/vector.ts'

/**
 * Where an ear lies and how it is turned. Origin: the middle of the vestibule. Axes: X lateral, Y anterior and Z
 * superior along the normal of the lateral semicircular canal. For a right ear the axes are right-handed, for a left
 * ear left-handed, so that in its own frame every ear looks like a right ear.
 */
export interface EarFrame {
  readonly side: Side
  /** LPS mm. */
  readonly origin: Vector3
  /** Columns are the world directions of X, Y and Z. */
  readonly direction: Matrix3
}

/** Mean directions of a right ear's axes X, Y, Z (columns) in LPS, from 42 ears lying in scanners. */
const meanRightDirection: Matrix3 = [-0.994, 0.1, -0.037, -0.105, -0.978, 0.182, -0.018, 0.185, 0.983]

/** Mean directions of an ear's axes X, Y, Z (columns) in LPS for heads as they lie in scanners; to three decimals. */
export const meanDirection: Readonly<Record<Side, Matrix3>> = {
  right: meanRightDirection,
  left: multiply(mirror, meanRightDirection)
}
