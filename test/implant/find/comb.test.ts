import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solve } from '../../../src/core/math/least-squares.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { fitComb } from '../../../src/implant/find/comb.ts'
import { tipsByEnd } from '../../../src/implant/find/end-of-metal.ts'
import { metalProfile } from '../../../src/implant/find/metal-profile.ts'
import { type Track, trackStep } from '../../../src/implant/find/track.ts'

function trackOf(densities: Float64Array, edge: number): Track {
  return { places: [], angles: [], profile: densities, peaks: densities, densities, least: 1800, window: 40, edge }
}

describe('least squares', () => {
  it('gives back the coefficients that made the observations', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })),
        ([a, b]) => {
          const observed = Float64Array.from({ length: 30 }, (_, n) => a + b * Math.sin(n))
          const { coefficients, residual } = solve(30, 2, observed, (n, row) => {
            row[0] = 1
            row[1] = Math.sin(n)
            return 1 + (n % 3)
          })
          expect(coefficients[0]).toBeCloseTo(a, 5)
          expect(coefficients[1]).toBeCloseTo(b, 5)
          expect(residual).toBeLessThan(1e-4)
        }
      )
    )
  })
})

describe('a comb', () => {
  it('finds the most apical contact and the spacing, though the track goes on beyond it', () => {
    const array = findArray('slimj')
    const [tip, pitch] = [480, (1.02 * array.spacing) / trackStep]
    const profile = Float64Array.from({ length: 700 }, (_, at) =>
      Array.from({ length: array.contacts }, (__, n) => Math.exp(-0.5 * ((at - tip + n * pitch) / 5) ** 2)).reduce(
        (a, b) => a + b,
        0
      )
    )
    const { contacts, contrast } = fitComb(metalProfile(profile, 40), array, [])
    expect(contacts).toHaveLength(16)
    expect(Math.abs((contacts[0] ?? 0) - tip)).toBeLessThan(3)
    expect(Math.abs((contacts[15] ?? 0) - (tip - 15 * pitch))).toBeLessThan(4)
    expect(contrast).toBeGreaterThan(0.6)
  })

  it('lies where the metal ends, when contacts merge into one line', () => {
    const array = findArray('l24')
    const [tip, pitch] = [480, array.spacing / trackStep]
    const level = (at: number, high: number): number => {
      const inside = Math.min(1, Math.max(0, (tip + pitch / 2 - at) / 8 + 0.5))
      return high * inside
    }
    const densities = Float64Array.from({ length: 700 }, (_, at) => 300 + level(at, 2500))
    const track = trackOf(densities, 0.5)
    const tips = tipsByEnd(track, array.spacing)
    expect(tips).toHaveLength(1)
    expect(Math.abs((tips[0] ?? 0) - tip)).toBeLessThan(2)
    const profile = Float64Array.from({ length: 700 }, (_, at) => level(at, 0.8))
    const { contacts, isMerged } = fitComb(metalProfile(profile, 40), array, tips)
    expect(isMerged).toBe(true)
    expect(Math.abs((contacts[0] ?? 0) - tip)).toBeLessThan(4)
    expect(Math.abs((contacts[21] ?? 0) - (tip - 21 * pitch))).toBeLessThan(8)
  })

  it('lies where metal ends that is less dense than usual, if it is known to be', () => {
    const densities = Float64Array.from({ length: 700 }, (_, at) => (at < 480 ? 1500 : 300))
    expect(tipsByEnd(trackOf(densities, 0.5), 1)).toEqual([])
    expect(tipsByEnd({ ...trackOf(densities, 0.5), least: 900 }, 1)).toEqual([469])
  })

  it('has no end to go by where contacts are seen one by one', () => {
    const densities = new Float64Array(700).fill(2500)
    expect(tipsByEnd(trackOf(densities, 0.3), 1.3)).toEqual([])
  })
})
