import { analyze } from '../analyze/analyze.ts'
import type { EarFinding } from '../analyze/findings.ts'
import type { Model } from '../analyze/model.ts'
import { earReach } from '../cases/observed-ear.ts'
import { ModelError } from '../core/errors.ts'
import { distance } from '../core/math/vector.ts'
import { noProgress, type ProgressListener } from '../core/progress.ts'
import { softwareVersion } from '../core/version.ts'
import type { Scan } from '../core/volume.ts'
import { meanAxis } from '../ear/mean-axis.ts'
import { generateCase } from '../generate/case.ts'
import { type CaseOptions, caseOptions } from '../generate/sample/options.ts'
import type { Calibration } from '../network/calibration.ts'
import { applyValues, type ValueCalibration } from './apply-values.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import { fitAxisShrinkage, fitDeviations, fitLogitBias, fitScores, fitVolumeRatios } from './fit.ts'
import { type LabelledEar, labelledErrors } from './labelled-ear.ts'
import {
  axesOf,
  type CalibrationEar,
  calibrationEar,
  labelledVolumes,
  logVolumeErrors,
  type QuantityError,
  quantityErrors
} from './observe.ts'

export interface CalibrateOptions {
  /** How many cases are generated; half as many again have coarse voxels. */
  readonly cases: number
  /** Not a seed of the networks' training. */
  readonly seed: number
  /** Real ears that people labelled, by which intervals are widened where generated ears promise too much. */
  readonly labelled?: LabelledEars | undefined
  readonly progress?: ProgressListener
  readonly signal?: AbortSignal
}

export interface LabelledEars {
  /** What reports call them. */
  readonly name: string
  readonly count: number
  /** Reads them one by one. */
  readonly ears: AsyncIterable<LabelledEar>
}

/** A calibration, and how well its intervals hold. */
export interface CalibrationReport {
  readonly calibration: Calibration
  readonly coverage: readonly Coverage[]
  /** Of scans with coarse voxels, and of labelled ears. */
  readonly coarseCoverage: readonly Coverage[]
  readonly labelledCoverage?: readonly Coverage[]
  readonly cases: number
}

/** Every protocol, one normal ear each, in a small field, so that finding it takes little time. */
const plainOptions = caseOptions.parse({ withoutEar: 0, field: [26, 30] })

/** From this longest edge (mm) on voxels are coarse, and what is measured of them has deviations of its own. */
const coarseEdge = 0.7

/** The same protocols with voxels of 0.6 mm and more, slices up to 1.5 mm. */
const coarseOptions = caseOptions.parse({ withoutEar: 0, field: [26, 30], finest: 0.6, scanners: ['multi-slice'] })

/** So many of the cases tell the bias, the shrinkage and the scores, with which all are then measured. */
const pilotShare = 0.4

/** Cases with coarse voxels for each other one. */
const coarseShare = 0.5

/** Cases that are under way at once: one is generated or measured while the networks predict the other. */
const lanes = 2

/** An interval that nine tenths of the truths lie in needs so many ears at least. */
const fewestEars = 10

/**
 * Fits what hangs on a segmenter's weights on generated ears with known truth, in two steps: first what changes values
 * (bias of the logits, shrinkage of the axis, scores), then, on values so measured, what they are off by; and that again
 * on labelled real ears, where there are any.
 * @throws ModelError when the model finds too few of the ears
 */
export async function calibrate(
  model: Model,
  { cases, seed, labelled, progress = noProgress, signal }: CalibrateOptions
): Promise<CalibrationReport> {
  const drawn = drawnCases(seed, cases)
  const total = drawn.length + (labelled?.count ?? 0)
  let done = 0
  const tick = (): void => {
    signal?.throwIfAborted()
    progress({ stage: 'calibrating', done: done++, total })
  }
  const find = async (one: DrawnCase): Promise<CalibrationEar | undefined> => {
    tick()
    return findGeneratedEar(model, one)
  }
  const plain = drawn.filter(({ options }) => options === plainOptions)
  const pilotCount = Math.ceil(pilotShare * cases)
  const pilot = await inLanes(plain.slice(0, pilotCount), find)
  if (pilot.length === 0) throw tooFew(model, 0, pilotCount)
  const values = fitValues(pilot)
  const observe = (ear: CalibrationEar): Observation => {
    const found = applyValues(ear.found, values)
    const isCoarse = found.voxelEdge > coarseEdge
    return { isCoarse, errors: quantityErrors({ ...ear, found }), volumes: labelledVolumes(found), score: found.score }
  }
  const others = await inLanes(drawn.slice(pilotCount), async (one) => {
    const ear = await find(one)
    return ear && { ...observe(ear), isPlain: one.options === plainOptions }
  })
  const observed = [...pilot.map((ear) => ({ ...observe(ear), isPlain: true })), ...others]
  const ordinary = observed.filter(({ isPlain }) => isPlain)
  if (ordinary.length < fewestEars) throw tooFew(model, ordinary.length, cases)
  const errorsIn = (coarse: boolean): QuantityError[][] =>
    observed.filter(({ isCoarse }) => isCoarse === coarse).map(({ errors }) => [...errors])
  const ofLabelled = labelled && (await observeLabelled(model, labelled, values, tick))
  progress({ stage: 'calibrating', done: total, total })
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
      deviations: fitDeviations(errorsIn(false)),
      coarseVoxels: { from: coarseEdge, deviations: fitDeviations(errorsIn(true)) },
      ...(labelled &&
        ofLabelled && {
          labelled: { name: labelled.name, ears: ofLabelled.length, deviations: fitDeviations(ofLabelled) }
        }),
      volumeRatios: fitVolumeRatios(ordinary.map(({ volumes }) => volumes))
    },
    coverage: coverageOf(errorsIn(false)),
    coarseCoverage: coverageOf(errorsIn(true)),
    ...(ofLabelled && { labelledCoverage: coverageOf(ofLabelled) }),
    cases: drawn.length
  }
}

interface Observation {
  readonly isCoarse: boolean
  readonly errors: readonly QuantityError[]
  readonly volumes: readonly [number, number, number]
  readonly score: number
}

interface DrawnCase {
  readonly seed: number
  readonly index: number
  readonly options: CaseOptions
}

/** First the ordinary ones, then those with coarse voxels, which are drawn from the next seed. */
function drawnCases(seed: number, cases: number): DrawnCase[] {
  const draw = (count: number, of: number, options: CaseOptions): DrawnCase[] =>
    Array.from({ length: count }, (_, index) => ({ seed: of, index, options }))
  return [...draw(cases, seed, plainOptions), ...draw(Math.round(coarseShare * cases), seed + 1, coarseOptions)]
}

/** What was observed of each, in their order; nothing of those of which there is nothing. */
async function inLanes<One, T>(all: readonly One[], observe: (one: One) => Promise<T | undefined>): Promise<T[]> {
  const results: (T | undefined)[] = []
  const left = [...all.entries()]
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [place, one] = next
      results[place] = await observe(one)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results.filter((result) => result !== undefined)
}

/** The ear of a generated case as the model finds it; undefined where it does not, on its side. */
async function findGeneratedEar(
  model: Model,
  { seed, index, options }: DrawnCase
): Promise<CalibrationEar | undefined> {
  const { scan, ears } = generateCase(seed, index, options)
  const [known] = ears
  if (known === undefined) return undefined
  const found = (await findUncalibrated(model, scan)).find(({ side }) => side === known.frame.side)
  return found && calibrationEar(found, known)
}

async function findUncalibrated({ segmenter, ...model }: Model, scan: Scan): Promise<readonly EarFinding[]> {
  const { calibration: _, ...metadata } = segmenter.metadata
  return (await analyze(scan, { ...model, segmenter: { ...segmenter, metadata } })).ears
}

/** Errors of the labelled ears that are found within reach of their landmarks or labels. */
async function observeLabelled(
  model: Model,
  labelled: LabelledEars,
  values: ValueCalibration,
  tick: () => void
): Promise<(readonly QuantityError[])[]> {
  const errors: (readonly QuantityError[])[] = []
  for await (const one of labelled.ears) {
    tick()
    const found = (await findUncalibrated(model, one.scan)).find(
      ({ frame }) => distance(frame.origin, one.place) < earReach
    )
    if (found !== undefined) errors.push(labelledErrors(applyValues(found, values), one))
  }
  return errors
}

function fitValues(pilot: readonly CalibrationEar[]): ValueCalibration {
  const logitBias = fitLogitBias(pilot.map(logVolumeErrors))
  const biased = pilot.map((ear) => ({ ...ear, found: applyValues(ear.found, { logitBias, axisShrinkage: 0 }) }))
  const axes = biased.map(axesOf).filter((axis) => axis !== undefined)
  return { logitBias, axisShrinkage: fitAxisShrinkage(axes, meanAxis.direction) }
}

function tooFew({ segmenter }: Model, found: number, cases: number): ModelError {
  return new ModelError(
    segmenter.source,
    `calibrating needs ${fewestEars} ears, but only ${found} of ${cases} generated ones were found; give more --cases, or train the model further`
  )
}
