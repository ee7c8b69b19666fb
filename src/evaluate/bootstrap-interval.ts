import { quantile } from '../core/math/quantile.ts'
import { createRandom } from '../core/math/random.ts'

/** Values, and lists of values that go together; no list is empty. */
export type Sample = readonly (number | readonly number[])[]

/** How often a sample is drawn again; the interval's ends then vary by about 1 % of its width between seeds. */
export const bootstrap = { seed: 1, resamples: 2000, level: 0.95 } as const

/**
 * The 95 % interval of a mean by the percentile bootstrap (Efron & Tibshirani 1993, chapter 13): the middle 95 % of the
 * means of samples drawn, with replacement, from the sample.
 * @param sample at least one value; values that go together, such as those of the two ears of a head, are a list among
 * them and are drawn together (the cluster bootstrap; Davison & Hinkley 1997, chapter 3.8)
 */
export function bootstrapInterval(
  sample: Sample,
  seed: number = bootstrap.seed
): { readonly low: number; readonly high: number } {
  const random = createRandom(seed)
  const groups = sample.map((values) => (typeof values === 'number' ? [values] : values))
  const means = Array.from({ length: bootstrap.resamples }, () => {
    let [sum, count] = [0, 0]
    for (let n = 0; n < groups.length; n++) {
      const drawn = random.pick(groups)
      for (const value of drawn) sum += value
      count += drawn.length
    }
    return sum / count
  })
  const tail = (1 - bootstrap.level) / 2
  return { low: quantile(means, tail), high: quantile(means, 1 - tail) }
}
