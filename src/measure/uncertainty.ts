import { mean } from '../core/math/mean.ts'
import { measureEar } from './measure-ear.ts'
import type { MeasuredEar } from './measured-ear.ts'
import { halfWidth90, type Measurement, type Uncertainty } from './measurement.ts'

/** Minimum number of other views from which a spread is estimated. */
const minViews = 2

/**
 * Every quantity of one ear with its 90 % interval. Its standard deviation has two parts: the deviation of other
 * views of the same ear from the reported value, and the error of the method even where all views agree (the model's
 * calibration). Where the quantity could not be taken from two other views, or the model was not calibrated
 * for it, it has no uncertainty.
 * @param repeats the same ear from other frames; those of an `EarFinding` when left out
 *
 * @example
 * ```ts
 * import { type EarFinding, measureWithUncertainty } from 'otomark'
 *
 * function printIntervals(ear: EarFinding) {
 *   for (const { name, value, unit, uncertainty } of measureWithUncertainty(ear)) {
 *     console.log(name, value, unit, uncertainty && `${uncertainty.low} to ${uncertainty.high}`)
 *   }
 * }
 * ```
 */
export function measureWithUncertainty(
  ear: MeasuredEar & { readonly repeats?: readonly MeasuredEar[] },
  repeats: readonly MeasuredEar[] = ear.repeats ?? []
): Measurement[] {
  return withIntervals(ear, repeats.map(measureRepeat))
}

/** Every quantity of a repeated view, which is measured only once. */
export function measureRepeat(repeat: MeasuredEar): Measurement[] {
  // A copy, so that what is cached for its occupancy can be freed.
  return measureEar({ ...repeat, occupancy: { ...repeat.occupancy } })
}

/** As `measureWithUncertainty`. @param others measurements of the repeats @param own those of the ear, where they are known */
export function withIntervals(
  ear: MeasuredEar,
  others: readonly (readonly Measurement[])[],
  own: readonly Measurement[] = measureEar(ear)
): Measurement[] {
  return own.map((measurement, n) => {
    const { id, value } = measurement
    const values = others.map((one) => one[n]?.value ?? null).filter((other) => other !== null)
    const method = methodDeviation(ear, id)
    if (value === null || method === undefined || values.length < minViews) return measurement
    return { ...measurement, uncertainty: intervalOf(value, Math.hypot(spreadAbout(value, values), method)) }
  })
}

/** Error of the method (SD) on scans with such voxels: the greater of those on generated and on labelled real ears. */
function methodDeviation({ calibration, voxelEdge }: MeasuredEar, id: string): number | undefined {
  if (calibration === undefined) return undefined
  const { deviations, coarseVoxels, labelled } = calibration
  const isCoarse = coarseVoxels !== undefined && voxelEdge > coarseVoxels.from
  const generated = (isCoarse ? coarseVoxels.deviations : deviations)[id]
  if (generated === undefined) return undefined
  const clinical = labelled?.coarseVoxels
  const ofClinical = clinical !== undefined && voxelEdge > clinical.from ? (clinical.deviations[id] ?? 0) : 0
  return Math.max(generated, labelled?.deviations[id] ?? 0, ofClinical)
}

/** Root mean square distance of the values from the reported one. */
export function spreadAbout(value: number, values: readonly number[]): number {
  return Math.sqrt(mean(values.map((other) => (other - value) ** 2)))
}

function intervalOf(value: number, sd: number): Uncertainty {
  return { sd, low: value - halfWidth90 * sd, high: value + halfWidth90 * sd, level: 0.9 }
}

/**
 * The least deviation of the method with which nine tenths of the errors lie in their intervals (split conformal
 * calibration; Vovk et al. 2005), 0 where the spread alone covers them.
 * @param cases errors and spreads of ears whose truth is known
 */
export function calibratedDeviation(cases: readonly { readonly error: number; readonly spread: number }[]): number {
  const needed = cases
    .map(({ error, spread }) => Math.sqrt(Math.max(0, (error / halfWidth90) ** 2 - spread ** 2)))
    .sort((a, b) => a - b)
  return needed[Math.min(needed.length, Math.ceil(0.9 * (needed.length + 1))) - 1] ?? 0
}
