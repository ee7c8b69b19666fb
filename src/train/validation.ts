import { readLandmark } from '../analyze/predict/read-out.ts'
import { landmarkKinds, parts } from '../core/anatomy.ts'
import { containsPoint, voxelCount } from '../core/geometry/geometry.ts'
import type { Landmark } from '../core/landmark.ts'
import { averageHausdorff } from '../core/metrics/average-hausdorff.ts'
import { averageSurfaceDistance } from '../core/metrics/average-surface-distance.ts'
import { dice } from '../core/metrics/dice.ts'
import { hausdorff95 } from '../core/metrics/hausdorff-95.ts'
import { type LandmarkError, landmarkErrors } from '../core/metrics/landmark-errors.ts'
import { countOverlap } from '../core/metrics/overlap.ts'
import { surfaceDistances } from '../core/metrics/surface-distances.ts'
import type { Session } from '../runtime/session.ts'
import { meanOf, scoreOf, type ValidationMetrics } from './metrics.ts'
import type { ValidationSample } from './samples/stream.ts'

/**
 * Runs a network (outputs `labels` and `landmarks`; either may be missing) over the samples and compares its predictions
 * with the truth, as far as that is known.
 * @param sigma of the heatmaps, mm
 */
export async function validate(
  session: Session,
  samples: readonly ValidationSample[],
  sigma: number
): Promise<ValidationMetrics> {
  const outlines: OutlineScore[] = []
  const errors: LandmarkError[] = []
  for (const sample of samples) {
    const { labels, landmarks } = await session.run({ image: sample.image })
    if (labels !== undefined && sample.labels !== undefined) {
      outlines.push(scoreOutline(largestClass(labels.data, sample.labels.length), sample.labels, sample))
    }
    if (landmarks !== undefined) {
      const truth = sample.landmarks.filter((landmark) => isInside(landmark, sample))
      errors.push(...landmarkErrors(readHeatmaps(landmarks.data, sample, sigma), truth))
    }
  }
  return summarize(samples.length, outlines, errors)
}

/** How one case was outlined; what cannot be said of it is left out. */
interface OutlineScore {
  readonly dice: ReadonlyMap<string, number>
  readonly falseShare?: number
  readonly averageHausdorff?: number
  readonly averageSurfaceDistance?: number
  readonly hausdorff95?: number
}

function scoreOutline(predicted: Uint8Array, truth: Uint8Array, { geometry }: ValidationSample): OutlineScore {
  const merged = countOverlap(predicted, truth)
  if (merged.truth === 0) return { dice: new Map(), falseShare: merged.predicted / truth.length }
  const overlaps = parts.map(({ id, label }) => ({ id, overlap: countOverlap(predicted, truth, (n) => n === label) }))
  const seen = overlaps.filter(({ overlap }) => overlap.truth > 0)
  const pair = { predicted, truth, size: geometry.size, spacing: geometry.spacing }
  const [voxels, surfaces] = [averageHausdorff(pair), surfaceDistances(pair)]
  return {
    dice: new Map([...seen.map(({ id, overlap }) => [id, dice(overlap)] as const), ['labyrinth', dice(merged)]]),
    ...(voxels !== null && { averageHausdorff: voxels }),
    ...(surfaces !== null && {
      averageSurfaceDistance: averageSurfaceDistance(surfaces),
      hausdorff95: hausdorff95(surfaces)
    })
  }
}

function summarize(
  cases: number,
  outlines: readonly OutlineScore[],
  errors: readonly LandmarkError[]
): ValidationMetrics {
  const meanDice = (id: string): number | null => meanOf(outlines.flatMap((outline) => outline.dice.get(id) ?? []))
  const mean = (name: 'falseShare' | keyof ValidationMetrics['labyrinth']): number | null =>
    meanOf(outlines.flatMap((outline) => outline[name] ?? []))
  const found = errors.flatMap((error) => (error.outcome === 'found' ? [error] : []))
  const meanError = (id?: string): number | null =>
    meanOf(found.filter((error) => id === undefined || error.id === id).map(({ error }) => error))
  const missed = errors.filter(({ outcome }) => outcome === 'missed').map(() => undefined)
  return {
    cases,
    dice: {
      cochlea: meanDice('cochlea'),
      vestibule: meanDice('vestibule'),
      semicircular_canals: meanDice('semicircular_canals'),
      labyrinth: meanDice('labyrinth')
    },
    labyrinth: {
      averageSurfaceDistance: mean('averageSurfaceDistance'),
      hausdorff95: mean('hausdorff95'),
      averageHausdorff: mean('averageHausdorff')
    },
    falseShare: mean('falseShare'),
    landmarkError: {
      helicotrema: meanError('helicotrema'),
      oval_window: meanError('oval_window'),
      round_window: meanError('round_window'),
      all: meanError()
    },
    landmarksFound: found.length + missed.length === 0 ? null : found.length / (found.length + missed.length),
    score: scoreOf(
      parts.flatMap(({ id }) => meanDice(id) ?? []),
      [...found.map(({ error }) => error), ...missed]
    )
  }
}

/** Landmarks as an analysis reads them, from heatmaps [landmarks, voxels], looked for in the whole grid. */
function readHeatmaps(data: Float32Array, { geometry }: ValidationSample, sigma: number): Landmark[] {
  const count = voxelCount(geometry)
  const heatmaps = landmarkKinds.map((_, kind) => data.subarray(kind * count, (kind + 1) * count))
  const everywhere = new Uint8Array(count).fill(1)
  return landmarkKinds.map((_, kind) => readLandmark({ geometry, logits: [], heatmaps }, kind, sigma, everywhere))
}

/** Whether the grid shows the landmark; one that lies outside is not judged. */
function isInside(landmark: Landmark, { geometry }: ValidationSample): boolean {
  return landmark.status === 'defined' && containsPoint(geometry, landmark.position)
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
