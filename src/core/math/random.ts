import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { type Matrix3, normalize, rotationAbout, type Vector3 } from './vector.ts'

/** A stream of random numbers that a seed fixes entirely. Drawing changes its state. */
export interface Random {
  /** Uniform in [low, high). */
  uniform(low?: number, high?: number): number
  /** Normal with a mean and standard deviation (Box–Muller). */
  normal(mean?: number, sd?: number): number
  /** Normal, redrawn until it lies within `limit` standard deviations of the mean. */
  clippedNormal(mean: number, sd: number, limit: number): number
  /** A whole number in [low, high], both included. */
  integer(low: number, high: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  pick<T>(choices: readonly T[]): T
}

/**
 * @param seed any whole number
 * @param path further whole numbers that select an independent stream of the same seed, such as a case and a sample
 */
export function createRandom(seed: number, ...path: readonly number[]): Random {
  const generator = xoroshiro128plus(mixSeed(seed, path))
  const uniform = (low = 0, high = 1): number => low + (high - low) * uniformFloat64(generator)
  const normal = (mean = 0, sd = 1): number =>
    mean + sd * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return {
    uniform,
    normal,
    clippedNormal(mean, sd, limit) {
      for (;;) {
        const z = normal()
        if (Math.abs(z) <= limit) return mean + sd * z
      }
    },
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    chance: (probability) => uniform() < probability,
    pick<T>(choices: readonly T[]): T {
      return choices[Math.floor(uniform() * choices.length)] as T
    }
  }
}

/** A direction drawn uniformly on the unit sphere. */
export function randomDirection(random: Random): Vector3 {
  return normalize([random.normal(), random.normal(), random.normal()])
}

/** A rotation drawn uniformly over all orientations (Shoemake 1992, uniform unit quaternions). */
export function randomRotation(random: Random): Matrix3 {
  const [w, x, y, z] = [random.normal(), random.normal(), random.normal(), random.normal()]
  const vectorPart = Math.hypot(x, y, z)
  return rotationAbout([x / vectorPart, y / vectorPart, z / vectorPart], 2 * Math.atan2(vectorPart, w))
}

/** Folds a seed and a path of stream numbers into 32 bits (MurmurHash3 finalizer after each step). */
function mixSeed(seed: number, path: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const part of [seed, ...path]) {
    hash = finalize(hash ^ finalize(part | 0)) + 0x6d2b79f5
    hash = finalize(hash ^ Math.floor(part / 2 ** 32))
  }
  return hash | 0
}

function finalize(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
