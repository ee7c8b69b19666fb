import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solve } from '../../../src/core/math/least-squares.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { fitComb } from '../../../src/implant/find/comb.ts'
import { metalProfile } from '../../../src/implant/find/metal-profile.ts'
import { trackStep } from '../../../src/implant/find/track.ts'

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
    const { contacts, contrast } = fitComb(metalProfile(profile, 40), array)
    expect(contacts).toHaveLength(16)
    expect(Math.abs((contacts[0] ?? 0) - tip)).toBeLessThan(3)
    expect(Math.abs((contacts[15] ?? 0) - (tip - 15 * pitch))).toBeLessThan(4)
    expect(contrast).toBeGreaterThan(0.6)
  })
})
