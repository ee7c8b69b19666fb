import { quantile } from '../core/math/quantile.ts'
import { createRandom } from '../core/math/random.ts'

/** How often a sample is drawn again; the interval's ends then vary by about 1 % of its width between seeds. */
export const bootstrap = { seed: 1, resamples: 2000, level: 0.95 } as const

/**
 * The 95 % interval of a mean by the percentile bootstrap (Efron & Tibshirani 1993, chapter 13): the middle 95 % of the
 * means of samples drawn, with replacement, from the sample.
 * @param values at least one
 */
export function bootstrapInterval(
  values: readonly number[],
  seed: number = bootstrap.seed
): { readonly low: number; readonly high: number } {
  const random = createRandom(seed)
  const means = Array.from({ length: bootstrap.resamples }, () => {
    let sum = 0
    for (let n = 0; n < values.length; n++) sum += random.pick(values)
    return sum / values.length
  })
  const tail = (1 - bootstrap.level) / 2
  return { low: quantile(means, tail), high: quantile(means, 1 - tail) }
}
