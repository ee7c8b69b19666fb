import { angleBetween } from '../core/math/angle.ts'
import { mean } from '../core/math/mean.ts'
import { median } from '../core/math/quantile.ts'
import { rounded } from '../core/math/rounded.ts'
import { add, normalize, scale, type Vector3 } from '../core/math/vector.ts'
import { calibratedDeviation } from '../measure/uncertainty.ts'
import type { Calibration } from '../network/calibration.ts'
import type { QuantityError } from './observe.ts'
import { biases } from './volumes-by-bias.ts'

/**
 * The bias of the logits at which the mean logarithm of volume over true volume is 0; if there is none in the range that is
 * tried, the nearer end of the range.
 * @param errors for each ear, that logarithm at each of `biases`
 */
export function fitLogitBias(errors: readonly (readonly number[])[]): number {
  const means = biases.map((_, n) => mean(errors.map((ear) => ear[n] as number)))
  const first = means.findIndex((logarithm) => logarithm <= 0)
  if (first < 0) return biases.at(-1) as number
  if (first === 0) return biases[0] as number
  const [before, after] = [means[first - 1] as number, means[first] as number]
  const [low, high] = [biases[first - 1] as number, biases[first] as number]
  return rounded(low + ((high - low) * before) / (before - after), 2)
}

/** Shares of the way back to the mean axis that are tried. */
const shrinkages = Array.from({ length: 21 }, (_, n) => n / 20)

/** The share of the way back to the mean ear's axis with which the squared angles to the true axes are least. */
export function fitAxisShrinkage(
  axes: readonly { readonly found: Vector3; readonly truth: Vector3 }[],
  meanAxis: Vector3
): number {
  const cost = (share: number): number =>
    mean(
      axes.map(
        ({ found, truth }) => angleBetween(normalize(add(scale(found, 1 - share), scale(meanAxis, share))), truth) ** 2
      )
    )
  return shrinkages.reduce((best, share) => (cost(share) < cost(best) ? share : best))
}

/**
 * Thresholds of the score as shares of the median of ears that are seen well. The shares are those of the thresholds that
 * were found by hand for the second edition of the weights (0.75 and 0.25; ears 0.9): between what ears reach from their
 * own frame and from another one (0.65), and between that of malformed ears or coarse scans (0.5) and of bare bone (0.2).
 */
const scoreShares = { settled: 0.75 / 0.9, least: 0.25 / 0.9 }

/** @param scores of normal ears that were found */
export function fitScores(scores: readonly number[]): Calibration['scores'] {
  const middle = scores.length === 0 ? 0 : median(scores)
  return { settled: rounded(middle * scoreShares.settled, 3), least: rounded(middle * scoreShares.least, 3) }
}

/** @param ears for each ear, its measurements' errors */
export function fitDeviations(ears: readonly (readonly QuantityError[])[]): Calibration['deviations'] {
  const ids = [...new Set(ears.flatMap((rows) => rows.map(({ id }) => id)))]
  return Object.fromEntries(ids.map((id) => [id, Number(calibratedDeviation(rowsOf(id, ears)).toPrecision(2))]))
}

/** @param volumes mm³ of the labelled cochlea, vestibule and canals of each ear */
export function fitVolumeRatios(volumes: readonly (readonly [number, number, number])[]): Calibration['volumeRatios'] {
  const whole = volumes.filter((parts) => parts.every((volume) => volume > 0))
  const spread = (ratio: (parts: readonly [number, number, number]) => number) => {
    const logarithms = whole.map((parts) => Math.log(ratio(parts)))
    const middle = mean(logarithms)
    const variance = logarithms.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (logarithms.length - 1)
    return { mean: rounded(middle, 3), sd: rounded(Math.sqrt(variance), 3) }
  }
  return {
    cochleaToVestibule: spread(([cochlea, vestibule]) => cochlea / vestibule),
    canalsToVestibule: spread(([, vestibule, canals]) => canals / vestibule),
    canalsToCochlea: spread(([cochlea, , canals]) => canals / cochlea)
  }
}

/** One quantity's errors in all ears that have it. */
export function rowsOf(id: string, ears: readonly (readonly QuantityError[])[]): QuantityError[] {
  return ears.flatMap((rows) => rows.filter((row) => row.id === id))
}
