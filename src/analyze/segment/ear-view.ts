import type { Landmark } from '../../core/landmark.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { type Calibration, uncalibrated } from '../../network/calibration.ts'
import type { RefinedEar } from '../refine/refine-ear.ts'
import { type Occupancy, occupancyOf } from './occupancy.ts'

/** An ear as one prediction shows it: what measurements are taken from. */
export interface EarView {
  readonly frame: EarFrame
  /** One for each landmark kind, in the order of the anatomy table. */
  readonly landmarks: readonly Landmark[]
  /** What the ear occupies, its boundary placed by the scan. */
  readonly occupancy: Occupancy
  /** Longest edge (mm) of the voxels of the scan that shows it. */
  readonly voxelEdge: number
  /** Of the segmenter that saw it, as far as it has one. */
  readonly calibration?: Calibration | undefined
}

/** @param refined the same view's ear, its boundary placed by the scan */
export function earViewOf(
  { frame, landmarks, voxelEdge, calibration }: Omit<EarView, 'occupancy'>,
  refined: RefinedEar
): EarView {
  const { logitBias } = calibration ?? uncalibrated
  const occupancy = occupancyOf(refined.prediction, refined.mask, logitBias)
  return { frame, landmarks, occupancy, voxelEdge, calibration }
}
