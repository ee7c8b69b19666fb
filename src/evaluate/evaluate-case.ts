import type { Observation, ObservedEar, OutlinedEar } from '../cases/observed-ear.ts'
import { landmarkKinds } from '../core/anatomy.ts'
import type { Landmark } from '../core/landmark.ts'
import { landmarkErrors } from '../core/metrics/landmark-errors.ts'
import { createVolume, type Volume } from '../core/volume.ts'
import { onCommonGrid } from './common-grid.ts'
import type { CaseEvaluation, EarEvaluation } from './evaluation.ts'
import { type EarPair, matchEars } from './match-ears.ts'
import { openEars, withoutEars } from './open-ears.ts'
import { outlineMetrics } from './outline-metrics.ts'

/**
 * Compares the prediction for a scan with the truth. Where the truth is outlined and nothing was predicted, the overlap is 0 and
 * there is no distance; what was not predicted at all, because the prediction has no file of it, is left out. Parts are compared
 * where both have labels for parts. Landmarks of a missed ear count as missed, those of a false ear as false positives. An ear
 * that may be there, for all that the truth says, is not judged, nor is the outline of one that the truth does not outline.
 */
export function evaluateCase(id: string, predicted: Observation, truth: Observation<OutlinedEar>): CaseEvaluation {
  const lacks = (kind: 'labels' | 'landmarks'): boolean => predicted.unpredicted?.includes(kind) ?? false
  const open = openEars(predicted, truth)
  const judged = predicted.ears.filter((ear) => !open.includes(ear))
  const ears = matchEars(truth.ears, judged).map(evaluateEar)
  return {
    id,
    spacing: truth.labels && [...truth.labels.geometry.spacing],
    outlines:
      truth.labels === null || lacks('labels')
        ? {}
        : outlineMetrics(
            onCommonGrid(judgedLabels(predicted.labels ?? nothing(truth.labels), open, truth.ears), truth.labels),
            truth.outlined === 'parts' && predicted.outlined === 'parts'
          ),
    ears: lacks('landmarks') ? ears.map((ear) => ({ ...ear, landmarks: [] })) : ears
  }
}

/** The predicted labels but for those of ears that the truth does not outline. */
function judgedLabels(
  labels: Volume<Uint8Array>,
  open: readonly ObservedEar[],
  known: readonly OutlinedEar[]
): Volume<Uint8Array> {
  const marked = known.filter(({ isOutlined }) => !isOutlined)
  const outlined = known.filter(({ isOutlined }) => isOutlined)
  return withoutEars(labels, [...open, ...marked], outlined)
}

function evaluateEar({ truth, predicted }: EarPair): EarEvaluation {
  const knownSide = truth?.side ?? null
  const foundSide = predicted?.side ?? null
  return {
    outcome: truth === null ? 'false' : predicted === null ? 'missed' : 'found',
    side: truth === null ? foundSide : knownSide,
    sideCorrect: knownSide === null || foundSide === null ? null : knownSide === foundSide,
    landmarks: landmarkErrors(predicted?.landmarks ?? [], truth === null ? absentLandmarks : truth.landmarks)
  }
}

const absentLandmarks: readonly Landmark[] = landmarkKinds.map(({ id }) => ({ id, status: 'undefined', confidence: 1 }))

function nothing({ geometry, data }: NonNullable<Observation['labels']>): NonNullable<Observation['labels']> {
  return createVolume(geometry, new Uint8Array(data.length))
}
