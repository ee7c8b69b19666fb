import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { foldOfMetal } from '../../../src/implant/find/folded-tip.ts'
import { type Track, trackStep } from '../../../src/implant/find/track.ts'

const arrays = ['flex28', 'slimj', 'midscala', 'standard'].map((id) => findArray(id))
const end = 500

/** The metal of an array, so many mm of whose tip lie beside the rest of it. */
function trackWith(id: number, folded: number): Track {
  const { spacing, contacts } = arrays[id] as (typeof arrays)[number]
  const places = Array.from({ length: contacts }, (_, n) => end - Math.abs((folded - n * spacing) / trackStep))
  const profile = Float64Array.from({ length: 700 }, (_, at) =>
    places.reduce((sum, place) => sum + Math.exp(-0.5 * ((at - place) / 5) ** 2), 0)
  )
  return { places: [], angles: [], profile, peaks: profile, densities: profile, window: 40, edge: 0.2 }
}

const anyArray = fc.integer({ min: 0, max: arrays.length - 1 })

describe('a tip', () => {
  it('may be folded back where two strands of contacts lie beside each other', () => {
    fc.assert(
      fc.property(anyArray, fc.double({ min: 2.5, max: 5, noNaN: true }), (id, folded) => {
        expect(foldOfMetal(trackWith(id, folded), arrays[id] as (typeof arrays)[number])).toBe('likely')
      }),
      { numRuns: 12 }
    )
  })

  it('is straight where contacts follow each other at the spacing of the array', () => {
    fc.assert(
      fc.property(anyArray, (id) => {
        expect(foldOfMetal(trackWith(id, 0), arrays[id] as (typeof arrays)[number])).toBe('unlikely')
      }),
      { numRuns: 4 }
    )
  })

  it('is not said to be folded where there is no metal', () => {
    const nothing = new Float64Array(700)
    const track = { ...trackWith(0, 0), profile: nothing, peaks: nothing, densities: nothing }
    expect(foldOfMetal(track, findArray('flex28'))).toBe('unlikely')
  })
})
