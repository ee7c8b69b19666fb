import { analyze } from '../analyze/analyze.ts'
import type { EarFinding } from '../analyze/findings.ts'
import type { Model } from '../analyze/model.ts'
import type { EarView } from '../analyze/segment/ear-view.ts'
import { logitsOf, occupancyOf } from '../analyze/segment/occupancy.ts'
import { ModelError } from '../core/errors.ts'
import { noProgress, type ProgressListener } from '../core/progress.ts'
import { softwareVersion } from '../core/version.ts'
import { meanAxis } from '../ear/mean-axis.ts'
import { generateCase } from '../generate/case.ts'
import { caseOptions } from '../generate/sample/options.ts'
import { type Calibration, uncalibrated } from '../network/calibration.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import { fitAxisShrinkage, fitDeviations, fitLogitBias, fitScores, fitVolumeRatios } from './fit.ts'
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
  /** How many cases are generated. */
  readonly cases: number
  /** Not a seed of the networks' training. */
  readonly seed: number
  readonly progress?: ProgressListener
  readonly signal?: AbortSignal
}

/** A calibration, and how well its intervals hold. */
export interface CalibrationReport {
  readonly calibration: Calibration
  readonly coverage: readonly Coverage[]
  readonly cases: number
}

/** Every protocol, one normal ear each, in a small field, so that finding it takes little time. */
const options = caseOptions.parse({ withoutEar: 0, field: [26, 30] })

/** So many of the cases tell the bias, the shrinkage and the scores, with which all are then measured. */
const pilotShare = 0.4

/** Cases that are under way at once: one is generated or measured while the networks look at the other. */
const lanes = 2

/** An interval that nine tenths of the truths lie in needs so many ears at least. */
const fewestEars = 10

/**
 * Fits what hangs on a segmenter's weights on generated ears with known truth, in two steps: first what changes values
 * (bias of the logits, shrinkage of the axis, scores), then, on values so measured, what they are off by.
 * @throws ModelError when the model finds too few of the ears
 */
export async function calibrate(
  model: Model,
  { cases, seed, progress = noProgress, signal }: CalibrateOptions
): Promise<CalibrationReport> {
  let done = 0
  const observeAll = async <T>(indices: readonly number[], observe: (ear: CalibrationEar) => T): Promise<T[]> => {
    const results: (T | undefined)[] = []
    const left = [...indices.entries()]
    const lane = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        signal?.throwIfAborted()
        const [place, index] = next
        const ear = await findEar(model, seed, index)
        results[place] = ear && observe(ear)
        progress({ stage: 'calibrating', done: ++done, total: cases })
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    return results.filter((result) => result !== undefined)
  }
  const all = Array.from({ length: cases }, (_, index) => index)
  const pilotCount = Math.ceil(pilotShare * cases)
  const pilot = await observeAll(all.slice(0, pilotCount), (ear) => ear)
  if (pilot.length === 0) throw tooFew(model, 0, pilotCount)
  const values = fitValues(pilot)
  const observe = (ear: CalibrationEar): Observation => {
    const found = withValues(ear.found, values)
    return { errors: quantityErrors({ ...ear, found }), volumes: labelledVolumes(found), score: found.score }
  }
  const observed = [...pilot.map(observe), ...(await observeAll(all.slice(pilotCount), observe))]
  if (observed.length < fewestEars) throw tooFew(model, observed.length, cases)
  const errors = observed.map((one) => one.errors)
  return {
    calibration: {
      fitted: {
        command: `otomark calibrate --cases ${cases} --seed ${seed}`,
        seed,
        ears: observed.length,
        software: softwareVersion
      },
      ...values,
      scores: fitScores(observed.map(({ score }) => score)),
      deviations: fitDeviations(errors),
      volumeRatios: fitVolumeRatios(observed.map(({ volumes }) => volumes))
    },
    coverage: coverageOf(errors),
    cases
  }
}

interface Observation {
  readonly errors: readonly QuantityError[]
  readonly volumes: readonly [number, number, number]
  readonly score: number
}

/** What changes measured values. */
type ValueCalibration = Pick<Calibration, 'logitBias' | 'axisShrinkage'>

/** What stands in for the rest of a calibration while values are fitted, which read none of it. */
const provisional: Calibration = {
  fitted: { command: 'under way', seed: 0, ears: 1, software: softwareVersion },
  ...uncalibrated,
  deviations: {},
  volumeRatios: {
    cochleaToVestibule: { mean: 0, sd: 1 },
    canalsToVestibule: { mean: 0, sd: 1 },
    canalsToCochlea: { mean: 0, sd: 1 }
  }
}

/** The ear of a generated case as the model finds it; undefined where it does not, on its side. */
async function findEar(model: Model, seed: number, index: number): Promise<CalibrationEar | undefined> {
  const { scan, ears } = generateCase(seed, index, options)
  const [known] = ears
  if (known === undefined) return undefined
  const { segmenter } = model
  const { calibration: _, ...metadata } = segmenter.metadata
  const { ears: all } = await analyze(scan, { ...model, segmenter: { ...segmenter, metadata } })
  const found = all.find(({ side }) => side === known.frame.side)
  return found && calibrationEar(found, known)
}

function fitValues(pilot: readonly CalibrationEar[]): ValueCalibration {
  const logitBias = fitLogitBias(pilot.map(logVolumeErrors))
  const biased = pilot.map((ear) => ({ ...ear, found: withValues(ear.found, { logitBias, axisShrinkage: 0 }) }))
  const axes = biased.map(axesOf).filter((axis) => axis !== undefined)
  return { logitBias, axisShrinkage: fitAxisShrinkage(axes, meanAxis.direction) }
}

/** An uncalibrated ear as it is measured with these values. */
function withValues(ear: EarFinding, values: ValueCalibration): EarFinding {
  const calibrated = <V extends EarView>(view: V): V => {
    const { geometry } = view.occupancy
    const logits = logitsOf(view.occupancy, uncalibrated.logitBias)
    const mask = Uint8Array.from(logits[0] ?? [], (_, at) => (view.occupancy.parts.some((part) => part[at]) ? 1 : 0))
    const occupancy = occupancyOf({ geometry, logits, heatmaps: [] }, mask, values.logitBias)
    return { ...view, occupancy, calibration: { ...provisional, ...values } }
  }
  return { ...calibrated(ear), repeats: ear.repeats.map(calibrated) }
}

function tooFew({ segmenter }: Model, found: number, cases: number): ModelError {
  return new ModelError(
    segmenter.source,
    `calibrating needs ${fewestEars} ears, but only ${found} of ${cases} generated ones were found; give more --cases, or train the model further`
  )
}
