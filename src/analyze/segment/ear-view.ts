import type { Landmark } from '../../core/landmark.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { type Calibration, uncalibrated } from '../../network/calibration.ts'
import { type Occupancy, occupancyOf } from './occupancy.ts'
import type { Segmentation } from './segment-ear.ts'

/** An ear as one look shows it: what measurements are taken from. */
export interface EarView {
  readonly frame: EarFrame
  /** One for each landmark kind, in the order of the anatomy table. */
  readonly landmarks: readonly Landmark[]
  /** What the segmenter saw, on its own grid. */
  readonly occupancy: Occupancy
  /** Of the segmenter that saw it, as far as it has one. */
  readonly calibration?: Calibration | undefined
}

export function earViewOf({ frame, readOut, prediction, calibration }: Segmentation): EarView {
  const { logitBias } = calibration ?? uncalibrated
  return {
    frame,
    landmarks: readOut.landmarks,
    occupancy: occupancyOf(prediction, readOut.mask, logitBias),
    calibration
  }
}
