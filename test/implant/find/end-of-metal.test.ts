import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/math/random.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { placeByEnd } from '../../../src/implant/find/by-end.ts'
import { endOfMetal } from '../../../src/implant/find/end-of-metal.ts'
import { metalProfile } from '../../../src/implant/find/metal-profile.ts'
import { type Track, trackStep } from '../../../src/implant/find/track.ts'
import { knownDuct } from '../known-duct.ts'

const array = findArray('ci632')
const window = 40
const numbers = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

/** A straight track inside the cochlea, 45 mm long. @param density HU at a step */
function trackOf(density: (at: number) => number): Track {
  const densities = Float64Array.from({ length: 900 }, (_, at) => density(at))
  const places = Array.from(densities, (_, at) => [at * trackStep, 0, 0] as const)
  const angles = places.map((_, at) => (at < window ? null : at))
  return { places, angles, profile: densities, peaks: densities, densities, window, edge: 0.5 }
}

/** A line of contacts that ends half a spacing beyond a tip, blurred as in voxels of 0.5 mm, with what lies around and noise. */
function lineTo(tip: number, metal: number, around: number, seed: number): Track {
  const random = createRandom(seed)
  const end = tip + array.spacing / 2 / trackStep
  return trackOf((at) => around + (metal - around) / (1 + Math.exp((at - end) / 4)) + random.normal(0, 60))
}

describe('the end of the metal', () => {
  it('shows the most apical contact of a line, whatever its density and that beyond it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 350, max: 700 }),
        numbers(1400, 6000),
        numbers(-200, 600),
        fc.integer(),
        (tip, metal, around, seed) => {
          const found = endOfMetal(lineTo(tip, metal, around, seed), array.spacing)
          expect(Math.abs((found?.tip ?? 0) - tip) * trackStep).toBeLessThan(0.3)
          expect(found?.explained).toBeGreaterThan(0.75)
        }
      ),
      { numRuns: 30 }
    )
  })

  it('explains little where nothing ends, and is none on a short track or one that only grows denser', () => {
    const random = createRandom(3)
    expect(
      endOfMetal(
        trackOf(() => 1500 + random.normal(0, 200)),
        array.spacing
      )?.explained
    ).toBeLessThan(0.3)
    expect(
      endOfMetal(
        trackOf((at) => at),
        array.spacing
      )
    ).toBeUndefined()
    const { densities, ...rest } = trackOf(() => 1500)
    expect(endOfMetal({ ...rest, densities: densities.subarray(0, 60) }, array.spacing)).toBeUndefined()
  })
})

describe('contacts that merge', () => {
  const place = (track: Track, explained?: number) =>
    placeByEnd(track, metalProfile(track.profile, window), knownDuct(), array, explained)

  it('lie one spacing apart from the end of the metal on, with a remark', () => {
    const placed = place(lineTo(600, 2500, 300, 1))
    if (typeof placed === 'string') return expect.unreachable(placed)
    const along = placed.contacts.map(({ position }) => position[0])
    expect(Math.abs((along[0] ?? 0) - 600 * trackStep)).toBeLessThan(0.2)
    for (const [n, x] of along.slice(1).entries()) expect((along[n] ?? 0) - x).toBeCloseTo(array.spacing, 6)
    expect(placed.doubts.join(' ')).toMatch(/not visible one by one/)
    expect(placed.doubts.join(' ')).not.toMatch(/not clear/)
  })

  it('are not placed where no end is seen, where too many would lie outside, or where the end is not as clear as asked', () => {
    const random = createRandom(5)
    expect(place(trackOf(() => 1500 + random.normal(0, 200)))).toMatch(/does not look like the Slim Modiolar/)
    expect(place(lineTo(150, 2500, 300, 1))).toMatch(/would lie outside the cochlea/)
    expect(place(lineTo(600, 2500, 300, 1), 0.9999)).toMatch(/does not look like/)
  })

  it('have a remark where the end is not clear', () => {
    const random = createRandom(9)
    const placed = place(trackOf((at) => (at < 600 ? 1500 : 700) + random.normal(0, 300)))
    expect(typeof placed === 'string' ? placed : placed.doubts.join(' ')).toMatch(/not clear/)
  })
})
