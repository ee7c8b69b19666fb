import type { Side } from '../core/anatomy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
import { noProgress } from '../core/progress.ts'
import { add, multiply, rotationAbout, transform, type Vector3 } from '../core/vector.ts'
import type { Scan } from '../core/volume.ts'
import type { Answer } from './answer.ts'
import { judge } from './candidate.ts'
import { meanMaps } from './mean-maps.ts'
import type { Network } from './model.ts'
import type { AnalyzeOptions } from './options.ts'
import { answerFrom, type Outline } from './outline.ts'
import { type Sighting, sightingOf } from './sighting.ts'

/** An ear after all looks at it. */
export interface SettledEar {
  readonly outline: Outline
  /** The ear from the frames that were moved and turned, as far as it is seen there on this side. */
  readonly repeats: readonly Sighting[]
}

/** Corners of a tetrahedron: the fewest directions that vary all three axes alike. */
const corners: readonly Vector3[] = [
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1]
]

/** How far a frame is moved along (mm) and turned about (radians) each axis: what two looks at one ear may differ by. */
const variation = { shift: 0.25, turn: (4 * Math.PI) / 180 }

/**
 * Looks again at an outlined ear, from frames moved and turned a little and from the frame in which it is seen as its
 * mirror image (test-time augmentation; Wang et al. 2019). Landmarks are read from the mean heatmaps of all looks, which
 * lie nearer to the truth than those of one; a fine outline is blunted by a mean, so that it is taken from the first look
 * unless `augment` asks otherwise. How the looks differ tells how far measurements rest on the frame and the voxels seen.
 */
export async function lookAgain(
  scan: Scan,
  outliner: Network,
  outline: Outline,
  { progress = noProgress, signal, augment = false }: AnalyzeOptions = {}
): Promise<SettledEar> {
  const frames = [...corners.map((corner) => varied(outline.frame, corner)), mirrored(outline)]
  const stage = `looking again at the ${outline.frame.side} ear`
  const answers: Answer[] = []
  for (const [done, frame] of frames.entries()) {
    signal?.throwIfAborted()
    progress({ stage, done, total: frames.length })
    answers.push(await answerFrom(scan, outliner, frame))
  }
  progress({ stage, done: frames.length, total: frames.length })
  const recognise = (answer: Answer): Outline | undefined => onSide(outline.frame.side, answer, outliner)
  const settled = recognise(meanAnswer([outline.answer, ...answers], augment)) ?? outline
  const repeats = answers.slice(0, corners.length).map(recognise)
  return {
    // The mean of the looks tells the side no better than the search through both sides did.
    outline: { ...settled, sideConfidence: outline.sideConfidence },
    repeats: repeats.filter((repeat) => repeat !== undefined).map(sightingOf)
  }
}

/** The mean heatmaps of all answers, and the evidence of the first one or the mean of all, on the first one's grid. */
function meanAnswer(answers: readonly [Answer, ...Answer[]], augment: boolean): Answer {
  const [{ geometry, evidence }] = answers
  return {
    geometry,
    evidence: augment ? meanMaps(answers, (answer) => answer.evidence) : evidence,
    heatmaps: meanMaps(answers, (answer) => answer.heatmaps)
  }
}

/** The ear an answer shows, if it is one of this side. */
function onSide(side: Side, answer: Answer, { metadata }: Network): Outline | undefined {
  const candidate = judge(answer, metadata.heatmapSigma)
  return candidate?.frame.side === side ? { ...candidate, answer } : undefined
}

function varied(frame: EarFrame, [x, y, z]: Vector3): EarFrame {
  const { shift, turn } = variation
  // Turned about other axes than it is moved along, so that the two do not always come together.
  const turned = multiply(
    rotationAbout([1, 0, 0], y * turn),
    multiply(rotationAbout([0, 1, 0], z * turn), rotationAbout([0, 0, 1], x * turn))
  )
  const moved = transform(frame.direction, [x * shift, y * shift, z * shift])
  return { ...frame, origin: add(frame.origin, moved), direction: multiply(frame.direction, turned) }
}

/** The frame in which the ear, taken for one of the other side, looks most like an ear. */
function mirrored({ frame, poses }: Outline): EarFrame {
  return poses[frame.side === 'left' ? 'right' : 'left'].frame
}
