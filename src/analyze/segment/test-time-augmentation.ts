import type { Side } from '../../core/anatomy.ts'
import { radians } from '../../core/math/angle.ts'
import { add, multiply, rotationAbout, transform, type Vector3 } from '../../core/math/vector.ts'
import { noProgress } from '../../core/progress.ts'
import type { Scan } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { Network } from '../model.ts'
import type { AnalyzeOptions } from '../options.ts'
import { judge } from '../predict/candidate.ts'
import type { Prediction } from '../predict/prediction.ts'
import { meanFrom } from './mean-prediction.ts'
import { predictFrom, type Segmentation } from './segment-ear.ts'

/** An ear after test-time augmentation. */
export interface AugmentedEar {
  readonly segmentation: Segmentation
  /** Predictions from the shifted and rotated frames, without those that find no ear of this side; without heatmaps. */
  readonly repeats: readonly Segmentation[]
}

/** Corners of a tetrahedron: the fewest directions that vary all three axes alike. */
const corners: readonly Vector3[] = [
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1]
]

/** How far a frame is moved along (mm) and turned about (radians) each axis: what two views of one ear may differ by. */
const variation = { shift: 0.25, turn: radians(4) }

/** How far the logits of the first view may depart from the mean of all views. */
const leeway = 2

/**
 * Predicts a segmented ear again, from frames moved and turned a little and from the frame in which it is seen as its
 * mirror image (test-time augmentation; Wang et al. 2019). Landmarks are read from the mean heatmaps of all views, which
 * lie nearer to the truth than those of one. A fine outline is blunted by a mean, so that it is taken from the first view
 * where the mean leaves a doubt, and what only one view takes for the ear, as a leak into an air cell, is left out; with
 * `augmentOutlines` it is the mean's. The spread of the views shows how much measurements depend on the frame and its voxels.
 */
export async function augmentTestTime(
  scan: Scan,
  segmenter: Network,
  segmentation: Segmentation,
  { progress = noProgress, signal, augmentOutlines = false }: Omit<AnalyzeOptions, 'augment'> = {}
): Promise<AugmentedEar> {
  const frames = [...corners.map((corner) => varied(segmentation.frame, corner)), mirrored(segmentation)]
  const stage = `test-time augmentation of the ${segmentation.frame.side} ear`
  const { side } = segmentation.frame
  const mean = meanFrom(segmentation.prediction)
  const repeats: Segmentation[] = []
  for (const [done, frame] of frames.entries()) {
    signal?.throwIfAborted()
    progress({ stage, done, total: frames.length })
    const prediction = await predictFrom(scan, segmenter, frame)
    mean.add(prediction)
    const repeat = done < corners.length ? onSide(side, prediction, segmenter) : undefined
    // What the mean and the landmarks are read from need not stay in memory.
    if (repeat !== undefined) repeats.push({ ...repeat, prediction: { ...prediction, heatmaps: [] } })
  }
  progress({ stage, done: frames.length, total: frames.length })
  const settled = onSide(side, settledPrediction(segmentation.prediction, mean.mean(), augmentOutlines), segmenter)
  // The side of the mean is not more certain than that of the search through both sides.
  return { segmentation: { ...(settled ?? segmentation), sideConfidence: segmentation.sideConfidence }, repeats }
}

/** The mean heatmaps of all predictions, with their mean logits or the first one's near them. */
function settledPrediction(first: Prediction, mean: Prediction, augmentOutlines: boolean): Prediction {
  if (augmentOutlines) return mean
  return { ...mean, logits: first.logits.map((map, n) => within(map, mean.logits[n] as Float32Array)) }
}

/** Logits of one view, at most `leeway` from the mean of all views. */
function within(logits: Float32Array, mean: Float32Array): Float32Array {
  const near = new Float32Array(logits.length)
  for (let at = 0; at < near.length; at++) {
    const middle = mean[at] as number
    near[at] = Math.max(middle - leeway, Math.min(middle + leeway, logits[at] as number))
  }
  return near
}

/** The ear a prediction shows, if it is one of this side. */
function onSide(side: Side, prediction: Prediction, { metadata }: Network): Segmentation | undefined {
  const candidate = judge(prediction, metadata.heatmapSigma)
  return candidate?.frame.side === side ? { ...candidate, prediction, calibration: metadata.calibration } : undefined
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
function mirrored({ frame, poses }: Segmentation): EarFrame {
  return poses[frame.side === 'left' ? 'right' : 'left'].frame
}
