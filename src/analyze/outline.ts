import type { Side } from '../core/anatomy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
import type { Scan } from '../core/volume.ts'
import type { Answer } from './answer.ts'
import { type Candidate, judge } from './candidate.ts'
import { earGrid, imageOn } from './image.ts'
import type { Network } from './model.ts'

/** An ear as the outliner sees it from its own frame. */
export interface Outline extends Candidate {
  readonly answer: Answer
}

/** Below this probability of a side the other side is tried as well. */
const certainSide = 0.95

/**
 * Looks at an ear in its own frame, corrects the frame by what is seen, and looks again. Where the points leave the
 * side in doubt, or contradict the side it was taken for, both sides are looked at and the better one is kept.
 * @returns undefined when the outliner sees no ear there
 */
export async function outlineEar(scan: Scan, outliner: Network, frame: EarFrame): Promise<Outline | undefined> {
  const first = await look(scan, outliner, frame)
  if (first === undefined) return undefined
  const certain = first.frame.side === frame.side && first.sideConfidence >= certainSide
  const sides: readonly Side[] = certain ? [first.frame.side] : ['left', 'right']
  const outlines: Outline[] = []
  for (const side of sides) {
    const outline = await look(scan, outliner, first.poses[side].frame)
    if (outline !== undefined) outlines.push(outline)
  }
  return outlines.sort((a, b) => b.score - a.score)[0] ?? first
}

async function look(scan: Scan, outliner: Network, frame: EarFrame): Promise<Outline | undefined> {
  const answer = await outliner.answer(imageOn(scan, earGrid(outliner, frame)))
  const candidate = judge(answer, outliner.metadata.heatmapSigma)
  return candidate && { ...candidate, answer }
}
