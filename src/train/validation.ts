import { findPeak } from '../analyze/peak.ts'
import { type LandmarkId, landmarkKinds, type PartId, parts } from '../core/anatomy.ts'
import { applyAffine, containsPoint, worldFromIndex } from '../core/geometry.ts'
import { distance } from '../core/vector.ts'
import type { Session } from '../runtime/session.ts'
import type { ValidationSample } from './samples/stream.ts'

/** How well a network does on held-out cases, on its own grid. Null where no case allows a figure. */
export interface ValidationMetrics {
  readonly cases: number
  /** Mean Dice over the cases that show any of the part; `labyrinth` is all parts merged. */
  readonly dice: Readonly<Record<PartId | 'labyrinth', number | null>>
  /** Mean share of voxels called labyrinth where there is none. */
  readonly falseShare: number | null
  /** Mean distance in mm from the heatmap's peak to the truth, over the landmarks inside the grid. */
  readonly landmarkError: Readonly<Record<LandmarkId | 'all', number | null>>
  /** Mean height of those peaks. */
  readonly peak: number | null
}

/**
 * Runs a network (outputs `labels` and `landmarks`; either may be missing) over the samples.
 * @param sigma of the heatmaps, mm
 */
export async function validate(
  session: Session,
  samples: readonly ValidationSample[],
  sigma: number
): Promise<ValidationMetrics> {
  const dice = createMeans<PartId | 'labyrinth'>()
  const errors = createMeans<LandmarkId | 'all'>()
  const others = createMeans<'falseShare' | 'peak'>()
  for (const sample of samples) {
    const { labels, landmarks } = await session.run({ image: sample.image })
    if (labels !== undefined) {
      const predicted = largestClass(labels.data, sample.labels.length)
      for (const { id, label } of parts)
        dice.add(
          id,
          overlap(predicted, sample.labels, (value) => value === label)
        )
      const merged = overlap(predicted, sample.labels, (value) => value !== 0)
      dice.add('labyrinth', merged)
      if (merged === undefined)
        others.add(
          'falseShare',
          shareOf(predicted, (value) => value !== 0)
        )
    }
    if (landmarks === undefined) continue
    const { geometry, labels: voxels } = sample
    const everywhere = new Uint8Array(voxels.length).fill(1)
    landmarkKinds.forEach(({ id }, kind) => {
      const truth = sample.landmarks.find((landmark) => landmark.id === id)
      if (truth?.status !== 'defined' || !containsPoint(geometry, truth.position)) return
      const heatmap = landmarks.data.subarray(kind * voxels.length, (kind + 1) * voxels.length)
      const peak = findPeak(heatmap, geometry.size, sigma / geometry.spacing[0], everywhere)
      others.add('peak', peak?.height ?? 0)
      if (peak === undefined) return
      const error = distance(applyAffine(worldFromIndex(geometry), peak.index), truth.position)
      errors.add(id, error)
      errors.add('all', error)
    })
  }
  return {
    cases: samples.length,
    dice: {
      cochlea: dice.mean('cochlea'),
      vestibule: dice.mean('vestibule'),
      semicircular_canals: dice.mean('semicircular_canals'),
      labyrinth: dice.mean('labyrinth')
    },
    falseShare: others.mean('falseShare'),
    landmarkError: {
      helicotrema: errors.mean('helicotrema'),
      oval_window: errors.mean('oval_window'),
      round_window: errors.mean('round_window'),
      all: errors.mean('all')
    },
    peak: others.mean('peak')
  }
}

interface Means<Key> {
  /** Undefined is left out of the mean. */
  add(key: Key, value: number | undefined): void
  /** Null when nothing was added. */
  mean(key: Key): number | null
}

function createMeans<Key>(): Means<Key> {
  const values = new Map<Key, number[]>()
  return {
    add(key, value) {
      if (value !== undefined) values.set(key, [...(values.get(key) ?? []), value])
    },
    mean(key) {
      const all = values.get(key)
      return all === undefined ? null : all.reduce((sum, value) => sum + value, 0) / all.length
    }
  }
}

function shareOf(labels: Uint8Array, holds: (label: number) => boolean): number {
  return labels.filter(holds).length / labels.length
}

/** The class of the largest logit at each of `count` voxels; logits are [classes, voxels]. */
function largestClass(logits: Float32Array, count: number): Uint8Array {
  const result = new Uint8Array(count)
  for (let at = 0; at < count; at++) {
    let best = 0
    for (let label = 1; label * count < logits.length; label++) {
      if ((logits[label * count + at] as number) > (logits[best * count + at] as number)) best = label
    }
    result[at] = best
  }
  return result
}

/** Dice of the voxels for which `isPart` holds; undefined when the truth has none. */
function overlap(predicted: Uint8Array, truth: Uint8Array, isPart: (label: number) => boolean): number | undefined {
  let [both, inPredicted, inTruth] = [0, 0, 0]
  for (let at = 0; at < truth.length; at++) {
    const [p, t] = [isPart(predicted[at] as number), isPart(truth[at] as number)]
    if (p) inPredicted++
    if (t) inTruth++
    if (p && t) both++
  }
  return inTruth === 0 ? undefined : (2 * both) / (inPredicted + inTruth)
}
