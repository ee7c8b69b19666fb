import type { Side } from '../core/anatomy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
import { multiply, rotationAbout, type Vector3 } from '../core/vector.ts'
import type { Scan } from '../core/volume.ts'
import type { Answer } from './answer.ts'
import { type Candidate, judge } from './candidate.ts'
import { earGrid, imageOn } from './image.ts'
import type { Network } from './model.ts'
import type { Poses } from './pose.ts'

/** An ear as the outliner sees it from its own frame. */
export interface Outline extends Candidate {
  readonly answer: Answer
}

const sides: readonly Side[] = ['left', 'right']

/** Score from which an outline is believed: ears seen from their own frame reach 0.9, others hardly 0.65. */
const settledScore = 0.75

/** An outline of a lower score is no ear's: bone without one reaches 0.2, malformed ears and coarse scans 0.5. */
const leastScore = 0.25

/** How often a frame is corrected, at most. */
const mostLooks = 3

/** Turns (radians) by which a frame is varied where the finder's leads nowhere. */
const turn = (25 * Math.PI) / 180

/**
 * Looks at an ear in its own frame, corrects the frame by what is seen, and looks again; once taking it for a left and
 * once for a right ear, because what the outliner sees from the right frame fits an ear far better. Where neither does,
 * as may be when a specimen lies upside down, it tries again from frames turned a little.
 * @param poses of the ear as the finder saw it
 * @returns undefined when the outliner sees no ear there
 */
export async function outlineEar(scan: Scan, outliner: Network, poses: Poses): Promise<Outline | undefined> {
  const frames = sides.map((side) => poses[side].frame)
  const outline = await bestOutline(scan, outliner, frames)
  if (outline === undefined || outline.score >= settledScore) return outline
  const again = await bestOutline(scan, outliner, frames.flatMap(turned))
  const best = again !== undefined && again.score > outline.score ? again : outline
  if (best.score < leastScore) return undefined
  return { ...best, sideConfidence: tempered(best) }
}

/** The outline that looks most like an ear among those the frames lead to. */
async function bestOutline(scan: Scan, outliner: Network, frames: readonly EarFrame[]): Promise<Outline | undefined> {
  let best: Outline | undefined
  for (const frame of frames) {
    const outline = await follow(scan, outliner, frame)
    if (outline !== undefined && outline.score > (best?.score ?? 0)) best = outline
  }
  return best
}

/**
 * Looks at least twice, and until the outline is believed; until then it keeps to the side of the frame it started from,
 * for an ear seen from afar or askew is easily taken for one of the other side.
 */
async function follow(scan: Scan, outliner: Network, start: EarFrame): Promise<Outline | undefined> {
  let best: Outline | undefined
  let frame = start
  for (let looks = 1; looks <= mostLooks; looks++) {
    const outline = await look(scan, outliner, frame)
    if (outline === undefined) break
    if (outline.score >= (best?.score ?? 0)) best = outline
    const isSettled = outline.score >= settledScore
    if (looks > 1 && isSettled) break
    frame = isSettled ? outline.frame : outline.poses[start.side].frame
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

/** The side's probability, nearer to a guess the less the outline is to be believed. */
function tempered({ sideConfidence, score }: Outline): number {
  return 0.5 + (sideConfidence - 0.5) * Math.min(1, score / settledScore) ** 2
}

/** One look at the ear from a frame; undefined when none is seen there. */
export async function look(scan: Scan, outliner: Network, frame: EarFrame): Promise<Outline | undefined> {
  const answer = await answerFrom(scan, outliner, frame)
  const candidate = judge(answer, outliner.metadata.heatmapSigma)
  return candidate && { ...candidate, answer }
}

/** What the outliner answers to the scan as it is seen from a frame. */
export function answerFrom(scan: Scan, outliner: Network, frame: EarFrame): Promise<Answer> {
  return outliner.answer(imageOn(scan, earGrid(outliner, frame)))
}
