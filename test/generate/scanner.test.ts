import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { smooth } from '../../src/core/image/filter.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { identity3, type Vector3 } from '../../src/core/math/vector.ts'
import { acquire } from '../../src/generate/scanner/acquire.ts'
import { type Protocol, sampleProtocol } from '../../src/generate/scanner/protocol.ts'
import { sampleTexture } from '../../src/generate/tissue/texture.ts'

const size: Vector3 = [24, 20, 18]
const geometry = geometryAround([0, 0, 0], size, [0.4, 0.4, 0.4], identity3)
const plain: Protocol = {
  kind: 'cone-beam',
  spacing: [0.4, 0.4, 0.4],
  motion: { shift: [1, 0, 0], share: 0 },
  blur: [0, 0, 0],
  sharpening: 0,
  beamHardening: 0,
  rings: 0,
  metalStreaks: 0,
  noise: 0,
  grain: 0.5,
  noiseInBone: 0,
  streakiness: 0,
  gain: 1,
  offset: 0,
  cylinder: false,
  truncation: 0
}

/** Place of a voxel in memory. */
function at(i: number, j: number, k: number): number {
  return i + 24 * (j + 20 * k)
}

function statistics(values: ArrayLike<number>): { mean: number; sd: number } {
  const list = Array.from(values)
  const mean = list.reduce((a, b) => a + b, 0) / list.length
  return { mean, sd: Math.sqrt(list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / list.length) }
}

describe('Gaussian smoothing', () => {
  it('turns a point into a Gaussian of the given width', () => {
    const data = new Float32Array(24 * 20 * 18)
    data[12 + 24 * (10 + 20 * 9)] = 1
    const blurred = smooth(data, size, [1.5, 0, 0])
    const line = Array.from({ length: 24 }, (_, i) => blurred[i + 24 * (10 + 20 * 9)] as number)
    const variance = line.reduce((sum, v, i) => sum + v * (i - 12) ** 2, 0)
    expect(line.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
    expect(Math.sqrt(variance)).toBeCloseTo(1.5, 1)
  })

  it('leaves a constant image as it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), fc.integer({ min: -1000, max: 3000 }), (sigma, level) => {
        const data = new Float32Array(6 * 5 * 4).fill(level)
        for (const value of smooth(data, [6, 5, 4], [sigma, sigma, sigma]))
          expect(Math.abs(value - level)).toBeLessThan(0.01)
      }),
      { numRuns: 20 }
    )
  })
})

describe('the scanner', () => {
  it('gives back the densities, rounded, when nothing disturbs it', () => {
    const densities = new Float32Array(24 * 20 * 18).map((_, n) => (n % 50) + 0.4)
    const image = acquire(geometry, densities.slice(), plain, createRandom(1))
    expect(Array.from(image.data)).toEqual(Array.from(densities, (v) => Math.round(v)))
  })

  it('adds noise of the protocol’s SD whatever its grain', () => {
    for (const grain of [0.1, 0.5, 0.9]) {
      const image = acquire(geometry, new Float32Array(24 * 20 * 18), { ...plain, noise: 60, grain }, createRandom(2))
      expect(statistics(image.data).sd).toBeCloseTo(60, 0)
    }
  })

  it('clips to 12 bits and clears what lies outside a cylinder', () => {
    const densities = new Float32Array(24 * 20 * 18).fill(5000)
    const image = acquire(geometry, densities, { ...plain, cylinder: true }, createRandom(3))
    expect(Math.max(...image.data)).toBe(3071)
    expect(image.data[0]).toBe(-1024)
    expect(image.data[12 + 24 * (10 + 20 * 9)]).toBe(3071)
  })

  it('shows a patient who moved once in both places, by the time spent in each', () => {
    const point = new Float32Array(24 * 20 * 18)
    point[at(12, 10, 9)] = 1000
    const motion = { shift: [0.8, 0, 0], share: 0.25 } as const
    const { data } = acquire(geometry, point, { ...plain, motion }, createRandom(5))
    expect([data[at(12, 10, 9)], data[at(10, 10, 9)], data[at(14, 10, 9)]]).toEqual([750, 250, 0])
  })

  it('darkens what lies among dense bone, and most where that is thickest', () => {
    const bone = new Float32Array(24 * 20 * 18).fill(1500)
    const { data } = acquire(geometry, bone, { ...plain, beamHardening: 0.05 }, createRandom(6))
    expect(data[at(12, 10, 9)]).toBeLessThan(1500 - 30)
    expect(data[at(12, 10, 9)]).toBeGreaterThan(1500 - 76)
    const water = acquire(geometry, new Float32Array(bone.length), { ...plain, beamHardening: 0.05 }, createRandom(6))
    expect(Math.max(...water.data)).toBe(0)
    expect(Math.min(...water.data)).toBe(0)
  })

  it('is noisier in bone than in water', () => {
    const noisy: Protocol = { ...plain, noise: 40, noiseInBone: 0.4, streakiness: 0.5 }
    const sdOver = (hu: number): number =>
      statistics(acquire(geometry, new Float32Array(24 * 20 * 18).fill(hu), noisy, createRandom(7)).data).sd
    expect(sdOver(0)).toBeCloseTo(40, 0)
    expect(sdOver(1500)).toBeGreaterThan(50)
  })

  it('leaves rings that depend on the distance from one axis alone', () => {
    const { data } = acquire(geometry, new Float32Array(24 * 20 * 18), { ...plain, rings: 30 }, createRandom(8))
    expect(statistics(data).sd).toBeGreaterThan(10)
    for (let k = 1; k < 18; k++) expect(data[at(5, 7, k)]).toBe(data[at(5, 7, 0)])
  })

  it('streaks around metal in the slices that hold it, and in no others', () => {
    const densities = new Float32Array(24 * 20 * 18)
    for (let i = 10; i < 14; i++) for (let j = 8; j < 12; j++) densities[at(i, j, 9)] = 12000
    const { data } = acquire(geometry, densities, { ...plain, metalStreaks: 800 }, createRandom(9))
    const slice = (k: number): Int16Array => data.subarray(at(0, 0, k), at(0, 0, k + 1))
    expect(data[at(12, 10, 9)]).toBe(3071)
    expect(statistics(slice(9).subarray(0, 24 * 5)).sd).toBeGreaterThan(50)
    expect(statistics(slice(4)).sd).toBe(0)
  })

  it('brightens the border of a truncated cylinder, not its middle', () => {
    const truncated: Protocol = { ...plain, cylinder: true, truncation: 400 }
    const { data } = acquire(geometry, new Float32Array(24 * 20 * 18), truncated, createRandom(10))
    expect(data[at(12, 10, 9)]).toBeLessThan(2)
    expect(data[at(12, 1, 9)]).toBeGreaterThan(50)
  })

  it('draws protocols within the ranges of their kind', () => {
    for (let index = 0; index < 300; index++) {
      const protocol = sampleProtocol(createRandom(4, index), 0.05)
      const [x, y, z] = protocol.spacing
      expect(x).toBe(y)
      expect(z).toBeGreaterThanOrEqual(x)
      const [low, high, thickest] = {
        'flat-panel': [0.08, 0.15, 0.15],
        'cone-beam': [0.15, 0.3, 0.3],
        'multi-slice': [0.2, 0.6, 1.5]
      }[protocol.kind] as [number, number, number]
      expect(x).toBeGreaterThanOrEqual(low)
      expect(x).toBeLessThanOrEqual(high)
      expect(z).toBeLessThanOrEqual(thickest)
    }
  })

  it('draws from the kinds asked for alone', () => {
    const kinds = Array.from({ length: 60 }, (_, n) => sampleProtocol(createRandom(11, n), 0.1, ['cone-beam']).kind)
    expect(new Set(kinds)).toEqual(new Set(['cone-beam']))
  })
})

describe('a random texture', () => {
  it('has mean near 0, spread near 0.6, and neighbours alike', () => {
    const fine = geometryAround([0, 0, 0], [40, 40, 40], [0.3, 0.3, 0.3], identity3)
    const texture = sampleTexture(fine, createRandom(8), 1)
    const { mean, sd } = statistics(texture)
    expect(Math.abs(mean)).toBeLessThan(0.1)
    expect(sd).toBeGreaterThan(0.4)
    expect(sd).toBeLessThan(0.8)
    const steps = statistics(texture.slice(1).map((v, n) => v - (texture[n] as number)))
    expect(steps.sd).toBeLessThan(0.6 * sd)
  })
})
