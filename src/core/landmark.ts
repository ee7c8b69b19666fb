import type { LandmarkId } from './anatomy.ts'
import type { Vector3 } from './math/vector.ts'

/** A landmark that was found or is known. */
export interface DefinedLandmark {
  readonly id: LandmarkId
  readonly status: 'defined'
  /** LPS mm. */
  readonly position: Vector3
  /** Score, 0 (a guess) to 1 (sharply seen), not a probability; 1 for a known truth. */
  readonly confidence: number
  /** Whether a person placed it, so that no confidence was found. */
  readonly byHand?: true
}

/** A landmark that was looked for and not found. */
export interface UndefinedLandmark {
  readonly id: LandmarkId
  readonly status: 'undefined'
  /** Score of the best place there was, too low to be taken. */
  readonly confidence: number
}

export type Landmark = DefinedLandmark | UndefinedLandmark
