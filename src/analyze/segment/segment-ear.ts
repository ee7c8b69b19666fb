import type { Side } from '../../core/anatomy.ts'
import { radians } from '../../core/math/angle.ts'
import { multiply, rotationAbout, type Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { Poses } from '../../ear/pose.ts'
import { type Calibration, uncalibrated } from '../../network/calibration.ts'
import type { Network } from '../model.ts'
import { type Candidate, judge } from '../predict/candidate.ts'
import { earGrid, imageOn } from '../predict/network-input.ts'
import type { Prediction } from '../predict/prediction.ts'

/** An ear as the segmenter predicts it in the ear's own frame. */
export interface Segmentation extends Candidate {
  readonly prediction: Prediction
  /** Of the segmenter, as far as it has one. */
  readonly calibration?: Calibration | undefined
}

const sides: readonly Side[] = ['left', 'right']

/** How often a frame is corrected, at most. */
const maxPasses = 3

/** Rotation (radians) of further frames that are tried where segmentation from the detector's frame fails. */
const turn = radians(25)

/**
 * Segments an ear in its own frame, corrects the frame by the prediction, and segments it again. Does so once as a left and once
 * as a right ear, because the prediction from the frame of the true side scores far higher. Where neither scores high enough, as
 * may happen when a specimen lies upside down, it tries again from rotated frames.
 * @param poses of the ear, from the detector
 * @returns undefined when the segmenter finds no ear there
 */
export async function segmentEar(scan: Scan, segmenter: Network, poses: Poses): Promise<Segmentation | undefined> {
  const { settled, least } = scoresOf(segmenter)
  const frames = sides.map((side) => poses[side].frame)
  const segmentation = await bestSegmentation(scan, segmenter, frames)
  if (segmentation === undefined || segmentation.score >= settled) return segmentation
  const again = await bestSegmentation(scan, segmenter, frames.flatMap(turned))
  const best = again !== undefined && again.score > segmentation.score ? again : segmentation
  if (best.score < least) return undefined
  return { ...best, sideConfidence: shrunkConfidence(best, settled) }
}

/** The segmentation that looks most like an ear among those the frames lead to. */
async function bestSegmentation(
  scan: Scan,
  segmenter: Network,
  frames: readonly EarFrame[]
): Promise<Segmentation | undefined> {
  let best: Segmentation | undefined
  for (const frame of frames) {
    const segmentation = await follow(scan, segmenter, frame)
    if (segmentation !== undefined && segmentation.score > (best?.score ?? 0)) best = segmentation
  }
  return best
}

/**
 * Segments at least twice, and until the segmentation is accepted; until then it keeps to the side of the frame it started from,
 * for an ear seen from afar or askew is easily taken for one of the other side.
 */
async function follow(scan: Scan, segmenter: Network, start: EarFrame): Promise<Segmentation | undefined> {
  let best: Segmentation | undefined
  let frame = start
  const { settled } = scoresOf(segmenter)
  for (let passes = 1; passes <= maxPasses; passes++) {
    const segmentation = await segmentFrom(scan, segmenter, frame)
    if (segmentation === undefined) break
    if (segmentation.score >= (best?.score ?? 0)) best = segmentation
    const isSettled = segmentation.score >= settled
    if (passes > 1 && isSettled) break
    frame = isSettled ? segmentation.frame : segmentation.poses[start.side].frame
  }
  return best
}

function turned(frame: EarFrame): EarFrame[] {
  const axes: readonly Vector3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ]
  return axes.flatMap((axis) =>
    [turn, -turn].map((angle) => ({ ...frame, direction: multiply(frame.direction, rotationAbout(axis, angle)) }))
  )
}

/** The side's probability, nearer to a guess the lower the segmentation's score. */
function shrunkConfidence({ sideConfidence, score }: Segmentation, settled: number): number {
  return 0.5 + (sideConfidence - 0.5) * Math.min(1, score / settled) ** 2
}

/** The ear as one prediction from a frame shows it; undefined when none is seen there. */
export async function segmentFrom(scan: Scan, segmenter: Network, frame: EarFrame): Promise<Segmentation | undefined> {
  const prediction = await predictFrom(scan, segmenter, frame)
  const candidate = judge(prediction, segmenter.metadata.heatmapSigma)
  return candidate && { ...candidate, prediction, calibration: segmenter.metadata.calibration }
}

/** A side less probable than this is in doubt. */
const sureSide = 0.95

/** Whether an ear's side or shape is in doubt, so that the scan is searched in another way too, where there is one. */
export function isDoubtful({
  sideConfidence,
  score,
  calibration
}: Pick<Segmentation, 'sideConfidence' | 'score' | 'calibration'>): boolean {
  return sideConfidence < sureSide || score < (calibration ?? uncalibrated).scores.settled
}

/** Scores from which a segmentation is accepted at once, and below which it is no ear's. */
function scoresOf({ metadata }: Network): Calibration['scores'] {
  return (metadata.calibration ?? uncalibrated).scores
}

/** The segmenter's prediction on the grid of a frame. */
export function predictFrom(scan: Scan, segmenter: Network, frame: EarFrame): Promise<Prediction> {
  return segmenter.predict(imageOn(scan, earGrid(segmenter, frame)))
}
