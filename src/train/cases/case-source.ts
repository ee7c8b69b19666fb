import { landmarkKinds } from '../../core/anatomy.ts'
import type { Geometry } from '../../core/geometry/geometry.ts'
import type { HalfSpace } from '../../core/geometry/half-space.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { Scan } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'

/** A scan with its truth, from which any number of samples can be taken. */
export interface TrainingCase {
  /** What it is, in words by which it is found again. */
  readonly name: string
  readonly scan: Scan
  /** Label numbers (core/anatomy) on any grid; world coordinates are LPS mm. Null where the scan is not outlined. */
  readonly labels: ((geometry: Geometry) => Uint8Array) | null
  /**
   * Those of all ears. A landmark with status 'undefined' is known to be absent; one that is not listed is unknown and
   * not learnt from.
   */
  readonly landmarks: readonly Landmark[]
  /** The ears' true poses; none for a scan, or a part of one, without an ear. */
  readonly frames: readonly EarFrame[]
  /** What no sample shows: an ear may be there of which less is known, and which would be learned as background. */
  readonly hidden?: HalfSpace
}

/** The landmarks of a scan without an ear: all are known to be absent. */
export const absentLandmarks: readonly Landmark[] = landmarkKinds.map(({ id }) => ({
  id,
  status: 'undefined',
  confidence: 1
}))

/** A supply of training cases. What is drawn depends on nothing but the index. */
export interface CaseSource {
  /** What the cases are, in a few words for the model file. */
  readonly name: string
  draw(index: number): TrainingCase | Promise<TrainingCase>
  /** Cases that are never drawn for training. */
  readonly heldOut: {
    readonly count: number
    draw(index: number): TrainingCase | Promise<TrainingCase>
  }
}
