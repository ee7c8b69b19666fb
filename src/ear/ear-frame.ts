import type { Side } from '../core/anatomy.ts'
import { type Matrix3, mirror, multiply, type Vector3 } from '../core/math/vector.ts'
import headPose from './head-pose.json' with { type: 'json' }

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

/** Mean directions of a right ear's axes X, Y, Z (columns) in LPS, of heads lying in scanners. */
const meanRightDirection = headPose.rightDirection.mean as unknown as Matrix3

/** Mean directions of an ear's axes X, Y, Z (columns) in LPS for heads as they lie in scanners; to three decimals. */
export const meanDirection: Readonly<Record<Side, Matrix3>> = {
  right: meanRightDirection,
  left: multiply(mirror, meanRightDirection)
}

/** SD (degrees) of turns of heads that lie in scanners. */
export const headTurns = {
  /** About each axis, as taken for granted before an ear is seen: wider than in the series, for heads that lie otherwise. */
  prior: headPose.turns.prior.sd,
  /** About the left, posterior and superior axes, of heads that are generated: half wider than in the series. */
  generated: headPose.turns.generated.sd as unknown as Vector3
} as const
