import { type Affine, type Geometry, sameGrid } from '../../src/core/geometry/geometry.ts'
import { angleBetween } from '../../src/core/math/angle.ts'
import { column, distance, identity3, multiply, subtract, transform, transpose } from '../../src/core/math/vector.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'

/** How a place in the shown scan is found in the one it is compared with. */
export interface Link {
  /** In one scan; in the world that both scans share; or by the ears' own frames. */
  readonly by: 'scan' | 'world' | 'frames'
  /** From the shown scan's world to the other's, LPS mm: a rotation and a shift. */
  readonly toOther: Affine
}

/** An ear of a scan, so far as a link needs it. */
export interface LinkedEar {
  readonly frame: EarFrame
  /** The grid of the whole scan, upright (`uprightGrid`). */
  readonly scan: Geometry
  /** DICOM's UID of the space that the scan's coordinates lie in. */
  readonly frameOfReference: string | null
}

/** What one ear found twice in the same place is apart at most, mm. A head that moved between two scans is farther. */
const samePlace = 3

/** What axes of its frame are turned by at most, degrees: a head that is turned by more lies elsewhere but at the vestibule. */
const sameDirection = 10

/** Nothing is moved. */
export const withinScan: Link = { by: 'scan', toOther: { matrix: identity3, offset: [0, 0, 0] } }

/**
 * Two scans of one ear share a world where they have the frame of reference or the grid in common and the ear lies at the same
 * place of it and in the same direction; else they are linked by the ears' own frames.
 * @param other an ear of the same side
 */
export function linkBetween(shown: LinkedEar, other: LinkedEar): Link {
  const isShared =
    (shown.frameOfReference !== null && shown.frameOfReference === other.frameOfReference) ||
    sameGrid(shown.scan, other.scan)
  const matrix = multiply(other.frame.direction, transpose(shown.frame.direction))
  const isInPlace = distance(shown.frame.origin, other.frame.origin) <= samePlace
  const isTurned = ([0, 1, 2] as const).some(
    (axis) => angleBetween(column(shown.frame.direction, axis), column(other.frame.direction, axis)) > sameDirection
  )
  if (isShared && isInPlace && !isTurned) return { ...withinScan, by: 'world' }
  const offset = subtract(other.frame.origin, transform(matrix, shown.frame.origin))
  return { by: 'frames', toOther: { matrix, offset } }
}
