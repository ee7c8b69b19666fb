import type { Side } from './anatomy.ts'
import type { Matrix3, Vector3 } from './vector.ts'

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
