import type { Model } from '../analyze/model.ts'
import { noProgress, type ProgressListener } from '../core/progress.ts'
import { softwareVersion } from '../core/version.ts'
import { meanAxis } from '../ear/mean-axis.ts'
import type { Calibration } from '../network/calibration.ts'
import { applyValues, type ValueCalibration } from './apply-values.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import { drawnCases, findGeneratedEar } from './find-ears.ts'
import { fitAxisShrinkage, fitDeviations, fitLogitBias, fitScores, fitVolumeRatios } from './fit.ts'
import { fitLabelled, type LabelledEars } from './fit-labelled.ts'
import {
  axesOf,
  type CalibrationEar,
  labelledVolumes,
  logVolumeErrors,
  type QuantityError,
  quantityErrors
} from './observe.ts'
import { tooFew } from './too-few.ts'
import { assertOtherSeeds } from './training-seed.ts'

export interface CalibrateOptions {
  /** How many cases are generated; half as many again have coarse voxels. */
  readonly cases: number
  /** Not a seed of the networks' training. */
  readonly seed: number
  /** Real ears that people labelled, by which intervals are widened where those of generated ears are too narrow. */
  readonly labelled?: LabelledEars | undefined
  readonly progress?: ProgressListener
  readonly signal?: AbortSignal
}

/** A calibration, and how well its intervals hold. */
export interface CalibrationReport {
  readonly calibration: Calibration
  readonly coverage: readonly Coverage[]
  /** Of scans with coarse voxels, of labelled ears, and of these in clinical voxels. */
  readonly coarseCoverage: readonly Coverage[]
  readonly labelledCoverage?: readonly Coverage[]
  readonly clinicalCoverage?: readonly Coverage[]
  readonly cases: number
}

/** Voxels with an edge above this (mm) are coarse, and their measurements have separate deviations. */
const coarseEdge = 0.7

/** Share of the cases from which bias, shrinkage and scores are determined; all cases are then measured with these. */
const pilotShare = 0.4

/** Cases that are under way at once: one is generated or measured while the networks predict the other. */
const concurrency = 2

/** Minimum number of generated ears for an interval that holds nine tenths of the truths. */
const fewestEars = 10

/**
 * Fits what depends on a segmenter's weights on generated ears with known truth, in two steps: first what changes values
 * (bias of the logits, shrinkage of the axis, scores), then, on values so measured, what they are off by; and that again
 * on labelled real ears, where there are any.
 * @throws ModelError when the model finds too few of the ears, UsageError when it was trained on them
 */
export async function calibrate(
  model: Model,
  { cases, seed, labelled, progress = noProgress, signal }: CalibrateOptions
): Promise<CalibrationReport> {
  const drawn = drawnCases(seed, cases)
  assertOtherSeeds(model.segmenter.metadata, [...new Set(drawn.map((one) => one.seed))])
  const total = drawn.length + (labelled?.count ?? 0)
  let done = 0
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    signal?.throwIfAborted()
    progress({ stage: 'calibrating', done: ++done, total })
    return result
  }
  const pilotCount = Math.ceil(pilotShare * cases)
  const pilot = await mapConcurrently(drawn.slice(0, pilotCount), (one) => counted(findGeneratedEar(model, one)))
  if (pilot.length === 0) throw tooFew(model, fewestEars, 0, pilotCount, 'generated')
  const values = fitValues(pilot)
  const observe = (ear: CalibrationEar, isOrdinary: boolean): Observation => {
    const found = applyValues(ear.found, values)
    const isCoarse = found.voxelEdge > coarseEdge
    const errors = quantityErrors({ ...ear, found })
    return { isOrdinary, isCoarse, errors, volumes: labelledVolumes(found), score: found.score }
  }
  const others = await mapConcurrently(drawn.slice(pilotCount), async (one) => {
    const ear = await counted(findGeneratedEar(model, one))
    return ear && observe(ear, one.isOrdinary)
  })
  const observed = [...pilot.map((ear) => observe(ear, true)), ...others]
  const ordinary = observed.filter(({ isOrdinary }) => isOrdinary)
  if (ordinary.length < fewestEars) throw tooFew(model, fewestEars, ordinary.length, cases, 'generated')
  const fine = observed.filter(({ isCoarse }) => !isCoarse).map(({ errors }) => errors)
  const coarse = observed.filter(({ isCoarse }) => isCoarse).map(({ errors }) => errors)
  const real = labelled && (await fitLabelled(model, labelled, values, seed, counted))
  return {
    calibration: {
      fitted: {
        command: `otomark calibrate --cases ${cases} --seed ${seed}`,
        seed,
        ears: observed.length,
        software: softwareVersion
      },
      ...values,
      scores: fitScores(ordinary.map(({ score }) => score)),
      deviations: fitDeviations(fine),
      coarseVoxels: { from: coarseEdge, deviations: fitDeviations(coarse) },
      ...(real && { labelled: real.calibration }),
      volumeRatios: fitVolumeRatios(ordinary.map(({ volumes }) => volumes))
    },
    coverage: coverageOf(fine),
    coarseCoverage: coverageOf(coarse),
    ...(real && {
      labelledCoverage: coverageOf(real.errors),
      ...(real.clinical && { clinicalCoverage: coverageOf(real.clinical) })
    }),
    cases: drawn.length
  }
}

interface Observation {
  readonly isOrdinary: boolean
  readonly isCoarse: boolean
  readonly errors: readonly QuantityError[]
  readonly volumes: readonly [number, number, number]
  readonly score: number
}

/** What was observed of each, in their order; nothing of those of which there is nothing. */
async function mapConcurrently<One, T>(
  all: readonly One[],
  observe: (one: One) => Promise<T | undefined>
): Promise<T[]> {
  const results: (T | undefined)[] = []
  const left = [...all.entries()]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [place, one] = next
      results[place] = await observe(one)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return results.filter((result) => result !== undefined)
}

function fitValues(pilot: readonly CalibrationEar[]): ValueCalibration {
  const logitBias = fitLogitBias(pilot.map(logVolumeErrors))
  const biased = pilot.map((ear) => ({ ...ear, found: applyValues(ear.found, { logitBias, axisShrinkage: 0 }) }))
  const axes = biased.map(axesOf).filter((axis) => axis !== undefined)
  return { logitBias, axisShrinkage: fitAxisShrinkage(axes, meanAxis.direction) }
}
