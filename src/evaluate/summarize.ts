import { bySubject } from '../cases/subject.ts'
import type { LandmarkId } from '../core/anatomy.ts'
import { mean } from '../core/math/mean.ts'
import type { LandmarkError } from '../core/metrics/landmark-errors.ts'
import {
  type CaseEvaluation,
  type EarEvaluation,
  type LandmarkSummary,
  type OutlineMetrics,
  type Region,
  regions,
  type Summary
} from './evaluation.ts'
import { paperVoxel } from './paper.ts'
import { statisticOf } from './statistic.ts'

/**
 * Means over cases. A missed region enters the means of overlap and volume as 0; distances and landmark errors are means over
 * what was found, with the number missed given separately. For intervals all cases of a subject are resampled together, since they
 * are not independent: cases of one head share position and scanner, as do the two ears in one scan.
 */
export function summarize(cases: readonly CaseEvaluation[]): Summary {
  const ears = cases.flatMap((one) => one.ears)
  const count = (outcome: EarEvaluation['outcome']): number => ears.filter((ear) => ear.outcome === outcome).length
  const judged = ears.flatMap(({ sideCorrect }) => sideCorrect ?? [])
  const subjects = [...bySubject(cases, ({ id }) => id).values()]
  const landmarks = (kind?: LandmarkId): LandmarkSummary =>
    summarizeLandmarks(
      subjects.map((of) =>
        of.flatMap((one) => one.ears.map((ear) => ear.landmarks.filter(({ id }) => kind === undefined || id === kind)))
      )
    )
  return {
    outlines: Object.fromEntries(regions.flatMap((region) => summarizeRegion(subjects, region))),
    landmarks: {
      helicotrema: landmarks('helicotrema'),
      oval_window: landmarks('oval_window'),
      round_window: landmarks('round_window'),
      all: landmarks()
    },
    ears: {
      known: count('found') + count('missed'),
      found: count('found'),
      missed: count('missed'),
      false: count('false'),
      withoutEar: cases.filter((one) => one.ears.every(({ outcome }) => outcome === 'false')).length
    },
    sides: { judged: judged.length, correct: judged.filter((correct) => correct).length }
  }
}

function summarizeRegion(
  subjects: readonly (readonly CaseEvaluation[])[],
  region: Region
): [Region, Summary['outlines'][Region]][] {
  const over = (metric: keyof OutlineMetrics) =>
    statisticOf(
      subjects
        .map((of) => of.flatMap(({ outlines }) => outlines[region]?.[metric] ?? []))
        .filter((values) => values.length > 0)
    )
  const [dice, intersectionOverUnion, volumetricSimilarity] = [
    over('dice'),
    over('intersectionOverUnion'),
    over('volumetricSimilarity')
  ]
  if (dice === null || intersectionOverUnion === null || volumetricSimilarity === null) return []
  const distances = {
    averageHausdorff: over('averageHausdorff'),
    averageSurfaceDistance: over('averageSurfaceDistance'),
    hausdorff95: over('hausdorff95')
  }
  return [[region, { dice, intersectionOverUnion, volumetricSimilarity, ...distances }]]
}

/**
 * @param heads the landmarks of each ear of each subject. An ear's errors are averaged first, because they go together, and
 * the ears of a subject are drawn together for the interval.
 */
function summarizeLandmarks(heads: readonly (readonly (readonly LandmarkError[])[])[]): LandmarkSummary {
  const all = heads.flat(2)
  const errorsOf = (landmarks: readonly LandmarkError[]): number[] =>
    landmarks.flatMap((mark) => (mark.outcome === 'found' ? [mark.error] : []))
  const perEar = heads
    .map((ears) =>
      ears
        .map(errorsOf)
        .filter((errors) => errors.length > 0)
        .map(mean)
    )
    .filter((errors) => errors.length > 0)
  const [found, missed] = [errorsOf(all), all.filter(({ outcome }) => outcome === 'missed').length]
  const known = found.length + missed
  const within = (limit: number): number | null =>
    known === 0 ? null : found.filter((error) => error <= limit).length / known
  return {
    known,
    found: found.length,
    missed,
    invented: all.length - known,
    error: statisticOf(perEar),
    errorVoxels: statisticOf(perEar.map((errors) => errors.map((error) => error / paperVoxel))),
    withinHalf: within(0.5),
    withinOne: within(1)
  }
}
