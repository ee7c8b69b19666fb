import { expect, test } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { bootstrapInterval } from '../../src/evaluate/bootstrap-interval.ts'
import { statisticOf } from '../../src/evaluate/statistic.ts'

test('the interval of a constant is that constant', () => {
  expect(bootstrapInterval([3, 3, 3])).toEqual({ low: 3, high: 3 })
  expect(statisticOf([3])).toEqual({ n: 1, mean: 3, sd: 0, low: 3, high: 3 })
})

test('the interval of many normal values is the mean ± 1.96 standard errors, by any seed', () => {
  const random = createRandom(5)
  const values = Array.from({ length: 400 }, () => random.normal(10, 2))
  const { mean, sd } = statisticOf(values) ?? expect.unreachable()
  for (const seed of [1, 2, 3]) {
    const { low, high } = bootstrapInterval(values, seed)
    expect(low).toBeCloseTo(mean - (1.96 * sd) / 20, 1)
    expect(high).toBeCloseTo(mean + (1.96 * sd) / 20, 1)
    expect(high - low).toBeGreaterThan(0.34)
  }
})

test('the same seed gives the same interval, another seed another', () => {
  const values = [1, 2, 4, 8, 16]
  expect(bootstrapInterval(values, 7)).toEqual(bootstrapInterval(values, 7))
  const ends = new Set([1, 2, 3, 4, 5].map((seed) => bootstrapInterval([...values, 31.7, 44.2], seed).high))
  expect(ends.size).toBeGreaterThan(1)
})

test('standard deviations are those of a sample; nothing has no statistic', () => {
  expect(statisticOf([1, 2, 3, 4])).toMatchObject({ n: 4, mean: 2.5, sd: Math.sqrt(5 / 3) })
  expect(statisticOf([])).toBeNull()
})

test('values of one head are drawn together: ears that are alike make the interval of half as many values', () => {
  const random = createRandom(3)
  const heads = Array.from({ length: 60 }, () => random.normal(10, 2))
  const widthOf = (sample: Parameters<typeof statisticOf>[0]): number => {
    const { n, low, high } = statisticOf(sample) ?? expect.unreachable()
    expect(n).toBe(sample.flat().length)
    return high - low
  }
  const pairs = heads.map((value) => [value, value])
  expect(widthOf(pairs)).toBeCloseTo(widthOf(heads), 12)
  expect(widthOf(pairs.flat())).toBeLessThan(0.8 * widthOf(pairs))
  expect(statisticOf(heads.map((value) => [value]))).toEqual(statisticOf(heads))
})
