import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logitsOf, occupancyOf } from '../../src/analyze/segment/occupancy.ts'
import { coverageOf } from '../../src/calibrate/coverage.ts'
import { fitAxisShrinkage, fitDeviations, fitLogitBias, fitScores, fitVolumeRatios } from '../../src/calibrate/fit.ts'
import { biases, volumesByBias } from '../../src/calibrate/volumes-by-bias.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { add, identity3, normalize, scale, type Vector3 } from '../../src/core/math/vector.ts'

describe('the bias of the logits', () => {
  it('is found again where occupancies were made with another', () => {
    fc.assert(
      fc.property(fc.double({ min: -1.5, max: 3.5, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (bias, seed) => {
        const random = createRandom(seed)
        const geometry = geometryAround([0, 0, 0], [6, 6, 6], [0.3, 0.3, 0.3], identity3)
        const logits = [1, 2, 3].map(() => Float32Array.from({ length: 216 }, () => random.normal(-1, 2)))
        const all = new Uint8Array(216).fill(1)
        const volume = (of: number): number => {
          const { parts } = occupancyOf({ geometry, logits, heatmaps: [] }, all, of)
          return parts.reduce((sum, part) => sum + part.reduce((total, share) => total + share, 0), 0) * 0.027
        }
        const occupancy = occupancyOf({ geometry, logits, heatmaps: [] }, all, 0)
        const volumes = volumesByBias({ occupancy })
        expect(volumes[8]).toBeCloseTo(volume(0), 3)
        expect(volumes[12]).toBeCloseTo(volume(1), 2)
        const errors = volumes.map((one) => Math.log(one / volume(bias)))
        expect(Math.abs(fitLogitBias([errors]) - bias)).toBeLessThan(0.03)
        expect(logitsOf(occupancy, 0)[0]?.[7]).toBeCloseTo(logits[0]?.[7] ?? Number.NaN, 3)
      }),
      { numRuns: 20 }
    )
  })

  it('ends at the last that was tried where volumes are too large with all, and at the first where too small', () => {
    expect(fitLogitBias([biases.map(() => 0.1)])).toBe(4)
    expect(fitLogitBias([biases.map(() => -0.1)])).toBe(-2)
  })
})

describe('the shrinkage of the axis', () => {
  const mean: Vector3 = [0, 0, 1]
  const turned = (random: ReturnType<typeof createRandom>, about: Vector3, sd: number): Vector3 =>
    normalize(add(about, scale([random.normal(0, 1), random.normal(0, 1), random.normal(0, 1)], sd)))

  it('is none where the axis is found without error, and large where it says nothing', () => {
    const random = createRandom(5)
    const truths = Array.from({ length: 60 }, () => turned(random, mean, 0.08))
    expect(
      fitAxisShrinkage(
        truths.map((truth) => ({ found: truth, truth })),
        mean
      )
    ).toBe(0)
    const guesses = truths.map((truth) => ({ found: turned(random, mean, 0.08), truth }))
    expect(fitAxisShrinkage(guesses, mean)).toBeGreaterThan(0.7)
  })

  it('is near a half where the error is as large as the difference of ears', () => {
    const random = createRandom(6)
    const axes = Array.from({ length: 300 }, () => {
      const truth = turned(random, mean, 0.05)
      return { found: turned(random, truth, 0.05), truth }
    })
    expect(Math.abs(fitAxisShrinkage(axes, mean) - 0.5)).toBeLessThan(0.11)
  })
})

describe('the rest of a calibration', () => {
  it('has thresholds of the score that follow what ears reach', () => {
    expect(fitScores([0.9, 0.9, 0.9])).toEqual({ settled: 0.75, least: 0.25 })
    expect(fitScores([0.6, 0.6, 0.5])).toEqual({ settled: 0.5, least: 0.167 })
    expect(fitScores([1, 0.8])).toEqual({ settled: 0.75, least: 0.25 })
  })

  it('has the ratios of volumes of the ears that show all parts', () => {
    const ratios = fitVolumeRatios([
      [2, 1, 1],
      [8, 4, 4],
      [6, 1, 1],
      [5, 0, 2]
    ])
    expect(ratios.cochleaToVestibule.mean).toBeCloseTo((2 * Math.log(2) + Math.log(6)) / 3, 3)
    expect(ratios.canalsToVestibule).toEqual({ mean: 0, sd: 0 })
  })

  it('has a deviation for each quantity, whose intervals hold on the half it was not fitted on', () => {
    const random = createRandom(9)
    const ears = Array.from({ length: 400 }, () => [
      { id: 'a', error: random.normal(0, 0.2), spread: 0 },
      { id: 'b', error: 0, spread: 0.1 }
    ])
    const deviations = fitDeviations(ears)
    expect(deviations.a).toBeGreaterThan(0.17)
    expect(deviations.a).toBeLessThan(0.23)
    expect(deviations.b).toBe(0)
    const [a, b] = coverageOf(ears)
    expect(a).toMatchObject({ id: 'a', ears: 400 })
    expect((a?.inside ?? 0) / 400).toBeGreaterThan(0.85)
    expect(b).toMatchObject({ inside: 400, halfWidth: expect.closeTo(0.1645, 6) })
  })
})
