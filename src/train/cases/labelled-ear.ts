import type { OutlinedEar } from '../../cases/observed-ear.ts'
import type { Side } from '../../core/anatomy.ts'
import { InputError } from '../../core/errors.ts'
import type { HalfSpace } from '../../core/geometry/half-space.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { EarPointId, EarPoints } from '../../ear/mean-ear.ts'
import { betterSide, fitPose, sideConfidence } from '../../ear/pose.ts'

/** What is known of one ear of a labelled scan; plain data. */
export interface EarTruth {
  readonly landmarks: readonly Landmark[]
  readonly frame: EarFrame
  /** False where there are labels, and none of this ear. */
  readonly isOutlined?: false
  /** Where the other ear may be, in a scan that reaches so far, of which less is known. */
  readonly hidden?: HalfSpace
}

/** Two sides that fit alike are not distinguished below this probability. */
const certainSide = 0.9

/**
 * What training needs to know of an ear: how it lies, determined by its landmarks and the centroids of its parts.
 * @throws InputError if too little is known, or only one part is outlined, which may be all of them
 */
export function earTruth({ side, landmarks, centroids }: OutlinedEar, source: string): EarTruth {
  if (centroids.size === 1) {
    throw new InputError(source, 'shows only one part of a labyrinth; outline cochlea, vestibule and canals apart')
  }
  const points = new Map<EarPointId, Vector3>(centroids)
  for (const landmark of landmarks) if (landmark.status === 'defined') points.set(landmark.id, landmark.position)
  return { landmarks, frame: frameOf(points, side ?? undefined, source) }
}

/**
 * The frame of an ear, from all its known points.
 * @param side undefined if unknown; it is then determined from the points and the usual orientation of heads in scanners
 * @throws InputError if too little is known
 */
function frameOf(points: EarPoints, side: Side | undefined, source: string): EarFrame {
  if (points.size < 3) {
    throw new InputError(source, 'too little is known of an ear to say how it lies; give labels or all three landmarks')
  }
  const poses = { left: fitPose(points, 'left'), right: fitPose(points, 'right') }
  if (side !== undefined) return poses[side].frame
  const likely = betterSide(poses)
  if (sideConfidence(poses, likely) >= certainSide) return poses[likely].frame
  throw new InputError(source, 'left and right cannot be told apart; add a truth.json with "side": "left" or "right"')
}
