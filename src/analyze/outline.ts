import type { Side } from '../core/anatomy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
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

/**
 * Looks at an ear in its own frame, corrects the frame by what is seen, and looks again; once taking it for a left and
 * once for a right ear, because what the outliner sees from the right frame fits an ear far better.
 * @param poses of the ear as the finder saw it
 * @returns undefined when the outliner sees no ear there
 */
export async function outlineEar(scan: Scan, outliner: Network, poses: Poses): Promise<Outline | undefined> {
  const outlines: Outline[] = []
  for (const side of sides) {
    const first = await look(scan, outliner, poses[side].frame)
    if (first === undefined) continue
    outlines.push((await look(scan, outliner, first.frame)) ?? first)
  }
  return outlines.sort((a, b) => b.score - a.score)[0]
}

async function look(scan: Scan, outliner: Network, frame: EarFrame): Promise<Outline | undefined> {
  const answer = await outliner.answer(imageOn(scan, earGrid(outliner, frame)))
  const candidate = judge(answer, outliner.metadata.heatmapSigma)
  return candidate && { ...candidate, answer }
}
