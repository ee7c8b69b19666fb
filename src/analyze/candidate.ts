import type { EarFrame } from '../core/ear-frame.ts'
import { distance } from '../core/vector.ts'
import { betterSide, fitPoses, type Poses, sideConfidence } from './pose.ts'
import type { Reading } from './reading.ts'

/** An ear as a network sees it: what it read, where that puts the ear, and how far it is to be believed. */
export interface Candidate {
  readonly reading: Reading
  readonly poses: Poses
  readonly frame: EarFrame
  /** Probability of the frame's side. */
  readonly sideConfidence: number
  /** RMS distance in mm of the ear's points from those of the mean ear. */
  readonly residual: number
  /** 0 to 1: how much the points look like an ear's. */
  readonly score: number
}

/** RMS distance (mm) from the mean ear beyond which points are no ear's; real ears vary by about 0.5 mm. */
const greatestResidual = 2

/** Volume of the labyrinth (mm³) beyond which it is no ear's; generous, for the finder's voxels are coarse. */
const acceptedVolume = { least: 50, greatest: 500 }

/** Two ears of a head are about 80 mm apart; candidates nearer than this (mm) are the same ear. */
const leastDistance = 20

/** A second ear with less than this share of the first one's score is not believed. */
const leastShare = 0.4

/**
 * Judges a reading against the mean ear as a right and as a left ear; the side that fits better is the ear's.
 * @returns undefined when it is no ear's: the volume is wrong, too few points are known, or neither side fits
 */
export function judge(reading: Reading): Candidate | undefined {
  const { volume } = reading.blob
  const poses = fitPoses(reading.points)
  if (poses === undefined || volume < acceptedVolume.least || volume > acceptedVolume.greatest) return undefined
  const side = betterSide(poses)
  const { frame, residual } = poses[side]
  if (residual > greatestResidual) return undefined
  const certainty = reading.landmarks.reduce((sum, { confidence }) => sum + confidence, 0) / reading.landmarks.length
  return {
    reading,
    poses,
    frame,
    sideConfidence: sideConfidence(poses, side, reading.points.size),
    residual,
    score: certainty * Math.exp(-0.5 * (residual / (greatestResidual / 2)) ** 2)
  }
}

/** At most one right and one left ear, the best of each, at different places; best first. */
export function selectEars<T extends Pick<Candidate, 'frame' | 'score'>>(candidates: readonly T[]): T[] {
  const chosen: T[] = []
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const rivalled = chosen.some(
      ({ frame, score }) =>
        frame.side === candidate.frame.side ||
        distance(frame.origin, candidate.frame.origin) < leastDistance ||
        candidate.score < leastShare * score
    )
    if (!rivalled) chosen.push(candidate)
  }
  return chosen
}
