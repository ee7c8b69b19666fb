import { isHeadWidth, type Side } from '../../core/anatomy.ts'
import { radians } from '../../core/math/angle.ts'
import { column, distance, dot, normalize, subtract } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { logPosterior, type Poses } from '../../ear/pose.ts'
import type { Network } from '../model.ts'
import { type Candidate, selectEars } from '../predict/candidate.ts'
import { type Segmentation, segmentFrom } from './segment-ear.ts'

/** SD (radians) of the angle between an ear's lateral axis and the line from the other ear; heads differ by a few °. */
const facingSd = radians(15)

/** No single angle weighs more than this against a side. */
const minFacing = -12

/**
 * The candidates that the segmenter gets: the best right and the best left one; where all are of one side, also a second
 * that lies as far away as a head's other ear, because the detector may have mistaken one of the two.
 */
export function selectPlaces(candidates: readonly Candidate[]): Candidate[] {
  const chosen = selectEars(candidates)
  const [first] = chosen
  if (first === undefined || chosen.length > 1) return chosen
  const others = candidates.filter((candidate) => areOfOneHead(first.frame, candidate.frame))
  return [first, ...selectEars(others.filter(({ score }) => score >= 0.5 * first.score))]
}

/** Candidates of this score are ears beyond doubt: in generated heads none else has more than 0.4, an ear hardly less than 0.7. */
const acceptScore = 0.6

/** Whether both ears of a head are among the candidates, beyond doubt: there is no third. */
export function holdBothEars(candidates: readonly Candidate[]): boolean {
  const sure = candidates.filter(({ score }) => score >= acceptScore)
  return sure.some((a) => sure.some((b) => a.frame.side !== b.frame.side && areOfOneHead(a.frame, b.frame)))
}

function areOfOneHead(a: EarFrame, b: EarFrame): boolean {
  return isHeadWidth(distance(a.origin, b.origin))
}

/**
 * At most one right and one left ear, best first. Of a head's two ears the sides are determined together; one that was taken
 * for the other side is segmented once more.
 */
export async function resolveSides(
  scan: Scan,
  segmenter: Network,
  segmentations: readonly Segmentation[]
): Promise<Segmentation[]> {
  const [a, b] = segmentations
  const pair = a && b && segmentations.length === 2 ? sidesOfPair(a.poses, b.poses) : undefined
  if (pair === undefined) return selectEars(segmentations)
  const settled: Segmentation[] = []
  for (const [n, segmentation] of segmentations.entries()) {
    const side = pair.sides[n] as Side
    const isSettled = segmentation.frame.side === side
    const again = isSettled ? segmentation : await segmentFrom(scan, segmenter, segmentation.poses[side].frame)
    settled.push(again?.frame.side === side ? { ...again, sideConfidence: pair.confidence } : segmentation)
  }
  return selectEars(settled)
}

/** The sides of a head's two ears, and the probability that they are not the other way round. */
export interface PairOfSides {
  readonly sides: readonly [Side, Side]
  readonly confidence: number
}

/**
 * Determines the sides of two ears together: one is left and one is right, and they face away from each other, which is
 * strong evidence where that of each alone is weak.
 * @returns undefined where the two are no head's: too near each other, or too far apart
 */
export function sidesOfPair(a: Poses, b: Poses): PairOfSides | undefined {
  if (!areOfOneHead(a.left.frame, b.right.frame)) return undefined
  const [left, right] = [jointLogPosterior(a, 'left', b, 'right'), jointLogPosterior(a, 'right', b, 'left')]
  const confidence = 1 / (1 + Math.exp(-Math.abs(left - right)))
  return { sides: left > right ? ['left', 'right'] : ['right', 'left'], confidence }
}

function jointLogPosterior(a: Poses, sideOfA: Side, b: Poses, sideOfB: Side): number {
  const [poseOfA, poseOfB] = [a[sideOfA], b[sideOfB]]
  return logPosterior(poseOfA) + logPosterior(poseOfB) + facing(poseOfA.frame, poseOfB.frame)
}

/** Logarithm of how well two ears face away from each other, 0 at best. */
function facing(a: EarFrame, b: EarFrame): number {
  const away = normalize(subtract(a.origin, b.origin))
  const angle = (cosine: number): number => Math.acos(Math.max(-1, Math.min(1, cosine)))
  return [angle(dot(column(a.direction, 0), away)), angle(-dot(column(b.direction, 0), away))]
    .map((off) => Math.max(minFacing, -0.5 * (off / facingSd) ** 2))
    .reduce((sum, each) => sum + each)
}
