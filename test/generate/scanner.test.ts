import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smooth } from '../../src/core/filter.ts'
import { geometryAround } from '../../src/core/geometry.ts'
import { createRandom } from '../../src/core/random.ts'
import { identity3, type Vector3 } from '../../src/core/vector.ts'
import { acquire } from '../../src/generate/scanner/acquire.ts'
import { drawProtocol, type Protocol } from '../../src/generate/scanner/protocol.ts'
import { drawTexture } from '../../src/generate/tissue/texture.ts'

const size: Vector3 = [24, 20, 18]
const geometry = geometryAround([0, 0, 0], size, [0.4, 0.4, 0.4], identity3)
const plain: Protocol = {
  kind: 'cone-beam',
  spacing: [0.4, 0.4, 0.4],
  blur: [0, 0, 0],
  sharpening: 0,
  noise: 0,
  grain: 0.5,
  gain: 1,
  offset: 0,
  cylinder: false
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

  it('draws protocols within the ranges of their kind', () => {
    for (let index = 0; index < 200; index++) {
      const protocol = drawProtocol(createRandom(4, index), 0.1)
      const [x, y, z] = protocol.spacing
      expect(x).toBe(y)
      expect(x).toBeGreaterThanOrEqual(0.1)
      expect(x).toBeLessThanOrEqual(0.5)
      expect(z).toBeGreaterThanOrEqual(x)
      expect(z).toBeLessThanOrEqual(0.8)
    }
  })
})

describe('a random texture', () => {
  it('has mean near 0, spread near 0.6, and neighbours alike', () => {
    const fine = geometryAround([0, 0, 0], [40, 40, 40], [0.3, 0.3, 0.3], identity3)
    const texture = drawTexture(fine, createRandom(8), 1)
    const { mean, sd } = statistics(texture)
    expect(Math.abs(mean)).toBeLessThan(0.1)
    expect(sd).toBeGreaterThan(0.4)
    expect(sd).toBeLessThan(0.8)
    const steps = statistics(texture.slice(1).map((v, n) => v - (texture[n] as number)))
    expect(steps.sd).toBeLessThan(0.6 * sd)
  })
})
