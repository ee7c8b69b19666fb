import type { Occupancy } from '../analyze/occupancy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
import type { Landmark } from '../core/landmark.ts'

/** What an ear is measured from. */
export interface MeasuredEar {
  readonly frame: EarFrame
  readonly landmarks: readonly Landmark[]
  readonly occupancy: Occupancy
}
