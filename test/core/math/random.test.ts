import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom, type Random, randomDirection, randomRotation } from '../../../src/core/math/random.ts'
import {
  determinant,
  dot,
  identity3,
  multiply,
  norm,
  transform,
  transpose,
  type Vector3
} from '../../../src/core/math/vector.ts'

const draws = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.uniform())
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const meanOf = (count: number, draw: (at: number) => number): number =>
  mean(Array.from({ length: count }, (_, at) => draw(at)))

describe('a stream', () => {
  test('is the same for the same seed and path, in any order of creation', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.array(fc.maxSafeInteger(), { maxLength: 3 }), (seed, path) => {
        const first = draws(createRandom(seed, ...path), 8)
        createRandom(seed + 1).uniform()
        expect(draws(createRandom(seed, ...path), 8)).toEqual(first)
      })
    )
  })

  test('stays what it was: recorded cases depend on it', () => {
    expect(draws(createRandom(1), 3)).toMatchInlineSnapshot(`
      [
        0.14840036848051674,
        0.9396185065663608,
        0.20042911258066776,
      ]
    `)
    expect(draws(createRandom(1, 2, 3), 1)).toMatchInlineSnapshot(`
      [
        0.7448399489381642,
      ]
    `)
  })

  test('differs from that of any neighbouring seed or path', () => {
    const starts = new Set<number>()
    for (let seed = -50; seed < 50; seed++) {
      starts.add(createRandom(seed).uniform())
      for (let step = 0; step < 50; step++) starts.add(createRandom(seed, step).uniform())
    }
    starts
      .add(createRandom(1, 2, 3).uniform())
      .add(createRandom(1, 3, 2).uniform())
      .add(createRandom(2 ** 40).uniform())
    expect(starts.size).toBe(100 + 100 * 50 + 3)
  })

  test('is independent of the streams beside it: first draws of consecutive seeds are uncorrelated', () => {
    const count = 20_000
    for (const skip of [0, 1, 2]) {
      const value = (seed: number): number => draws(createRandom(seed), skip + 1)[skip] as number
      const correlation = 12 * meanOf(count, (seed) => (value(seed) - 0.5) * (value(seed + 1) - 0.5))
      // Five standard errors.
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count))
    }
  })

  test('fills the square evenly with its first two draws, over many seeds', () => {
    const [cells, count] = [16, 64_000]
    const filled = new Float64Array(cells * cells)
    for (let seed = 0; seed < count; seed++) {
      const [x, y] = draws(createRandom(seed), 2) as [number, number]
      const at = Math.floor(x * cells) + cells * Math.floor(y * cells)
      filled[at] = (filled[at] as number) + 1
    }
    const expected = count / cells ** 2
    const chiSquare = filled.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    // 255 degrees of freedom: mean 255, standard deviation 22.6; five of them.
    expect(chiSquare).toBeGreaterThan(255 - 5 * 22.6)
    expect(chiSquare).toBeLessThan(255 + 5 * 22.6)
  })
})

describe('draws', () => {
  test('keep to their range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (seed, low, width) => {
        const random = createRandom(seed)
        for (let n = 0; n < 20; n++) {
          const whole = random.integer(low, low + width)
          expect(Number.isInteger(whole) && whole >= low && whole <= low + width).toBe(true)
          const real = random.uniform(low, low + width)
          expect(real >= low && real <= low + width).toBe(true)
          expect(Math.abs(random.clippedNormal(0, 1, 0.5))).toBeLessThanOrEqual(0.5)
        }
      })
    )
  })

  test('reach every whole number and every choice', () => {
    const random = createRandom(7)
    expect(new Set(Array.from({ length: 200 }, () => random.integer(-2, 2)))).toEqual(new Set([-2, -1, 0, 1, 2]))
    expect(new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']))
  })

  test('have the mean and spread they were asked for', () => {
    const [random, count] = [createRandom(11), 40_000]
    const normal = Array.from({ length: count }, () => random.normal(3, 2))
    expect(mean(normal)).toBeCloseTo(3, 1)
    expect(Math.sqrt(mean(normal.map((value) => (value - 3) ** 2)))).toBeCloseTo(2, 1)
    expect(meanOf(count, () => Number(random.chance(0.3)))).toBeCloseTo(0.3, 1)
    expect(random.chance(0)).toBe(false)
    expect(random.chance(1)).toBe(true)
  })
})

test('directions are unit vectors that favour no side', () => {
  const random = createRandom(3)
  const sum: [number, number, number] = [0, 0, 0]
  const square: [number, number, number] = [0, 0, 0]
  const count = 10_000
  for (let n = 0; n < count; n++) {
    const direction = randomDirection(random)
    expect(norm(direction)).toBeCloseTo(1, 12)
    for (const axis of [0, 1, 2] as const) {
      sum[axis] += direction[axis] / count
      square[axis] += direction[axis] ** 2 / count
    }
  }
  for (const axis of [0, 1, 2] as const) {
    expect(Math.abs(sum[axis])).toBeLessThan(0.03)
    expect(square[axis]).toBeCloseTo(1 / 3, 1)
  }
})

test('rotations are proper and turn a fixed vector anywhere, by angles as Haar’s measure has them', () => {
  const random = createRandom(5)
  const count = 10_000
  const fixed: Vector3 = [0, 0, 1]
  let [up, trace] = [0, 0]
  for (let n = 0; n < count; n++) {
    const rotation = randomRotation(random)
    expect(determinant(rotation)).toBeCloseTo(1, 9)
    const product = multiply(rotation, transpose(rotation))
    expect(product.every((value, at) => Math.abs(value - (identity3[at] as number)) < 1e-9)).toBe(true)
    up += dot(transform(rotation, fixed), fixed) / count
    trace += (rotation[0] + rotation[4] + rotation[8]) / count
  }
  // Under the uniform measure both means vanish, with standard deviations 1/√3 and 1.
  expect(Math.abs(up)).toBeLessThan(0.03)
  expect(Math.abs(trace)).toBeLessThan(0.05)
})
