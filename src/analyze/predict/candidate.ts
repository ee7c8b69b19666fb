import { earReach } from '../../core/anatomy.ts'
import { mean } from '../../core/math/mean.ts'
import { distance } from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { betterSide, fitPoses, type Poses, sideConfidence } from '../../ear/pose.ts'
import type { Prediction } from './prediction.ts'
import { type ReadOut, readAgain, readOut } from './read-out.ts'

/** An ear predicted by a network: its read-out, the pose that follows from it, and scores. */
export interface Candidate {
  readonly readOut: ReadOut
  readonly poses: Poses
  readonly frame: EarFrame
  /** Probability of the frame's side. */
  readonly sideConfidence: number
  /** RMS distance (mm) of the ear's points from those of the mean ear, points that do not fit counting little. */
  readonly residual: number
  /** 0 to 1: how much the points look like an ear's. */
  readonly score: number
}

/**
 * Mean log-likelihood of a point below which the points are no ear's; it is reached when all are 2 mm off. Real ears
 * vary by about 0.5 mm.
 */
const minLogLikelihood = -4

/** Volume of the labyrinth (mm³) beyond which it is no ear's; generous, for the detector's voxels are coarse. */
const acceptedVolume = { least: 50, greatest: 500 }

/** A second ear with less than this share of the first one's score is no ear. */
const minShare = 0.4

/**
 * Reads a prediction and judges it against the mean ear as a right and as a left ear; the side that fits better is the
 * ear's. The landmarks are read twice: anywhere on the labyrinth, then near where the ear so found has them.
 * @param sigma of the network's heatmaps, mm
 * @returns undefined when it is no ear: the volume is wrong, too few points are known, or neither side fits
 */
export function judge(prediction: Prediction, sigma: number): Candidate | undefined {
  const first = readOut(prediction, sigma)
  if (first === undefined || !isPlausible(first.component.volume)) return undefined
  const poses = fitPoses(first.points)
  if (poses === undefined) return undefined
  const again = readAgain(prediction, sigma, first, poses[betterSide(poses)].frame)
  const posesAgain = fitPoses(again.points)
  return posesAgain && candidateOf(again, posesAgain)
}

function isPlausible(volume: number): boolean {
  return volume >= acceptedVolume.least && volume <= acceptedVolume.greatest
}

function candidateOf(readOut: ReadOut, poses: Poses): Candidate | undefined {
  const side = betterSide(poses)
  const { frame, residual, logLikelihood } = poses[side]
  const fit = logLikelihood / readOut.points.size
  if (fit < minLogLikelihood) return undefined
  const certainty = mean(readOut.landmarks.map(({ confidence }) => confidence))
  const score = certainty * Math.exp(fit / 2)
  return { readOut, poses, frame, sideConfidence: sideConfidence(poses, side), residual, score }
}

/** At most one right and one left ear, the best of each, at different places; best first. */
export function selectEars<T extends Pick<Candidate, 'frame' | 'score'>>(candidates: readonly T[]): T[] {
  const chosen: T[] = []
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const suppressed = chosen.some(
      ({ frame, score }) =>
        frame.side === candidate.frame.side ||
        distance(frame.origin, candidate.frame.origin) < earReach ||
        candidate.score < minShare * score
    )
    if (!suppressed) chosen.push(candidate)
  }
  return chosen
}
