import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPeak, type Peak } from '../../../src/analyze/predict/heatmap-peak.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { distance, type Vector3 } from '../../../src/core/math/vector.ts'

const size: Vector3 = [30, 28, 26]
const everywhere = new Uint8Array(size[0] * size[1] * size[2]).fill(1)

function bump(middle: Vector3, sigma: number, height = 1): Float32Array {
  return Float32Array.from(everywhere, (_, at) => {
    const place: Vector3 = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    return height * Math.exp(-0.5 * (distance(place, middle) / sigma) ** 2)
  })
}

const coordinate = (n: number): fc.Arbitrary<number> => fc.double({ min: n * 0.3, max: n * 0.7, noNaN: true })
const anywhere = fc.tuple(coordinate(size[0]), coordinate(size[1]), coordinate(size[2]))

describe('findPeak', () => {
  it('finds the middle and height of a Gaussian far below a voxel', () => {
    fc.assert(
      fc.property(anywhere, fc.double({ min: 0.2, max: 1, noNaN: true }), (middle, height) => {
        const peak = findPeak(bump(middle, 2, height), size, 2, everywhere) as Peak
        expect(distance(peak.index, middle)).toBeLessThan(2e-3)
        expect(peak.height).toBeCloseTo(height, 3)
        expect(peak.concentration).toBeCloseTo(1, 6)
      }),
      { numRuns: 30 }
    )
  })

  it('stays within a tenth of sigma under noise of a tenth of the height', () => {
    fc.assert(
      fc.property(anywhere, fc.integer(), (middle, seed) => {
        const random = createRandom(seed)
        const noisy = bump(middle, 3).map((value) => value + random.normal(0, 0.1))
        expect(distance((findPeak(noisy, size, 3, everywhere) as Peak).index, middle)).toBeLessThan(0.1 * 3)
      }),
      { numRuns: 20 }
    )
  })

  it('is less concentrated where a second bump competes, and looks only where it may', () => {
    const [one, other]: [Vector3, Vector3] = [
      [7, 8, 9],
      [22, 20, 17]
    ]
    const weaker = bump(other, 2, 0.8)
    const both = bump(one, 2).map((value, at) => value + (weaker[at] as number))
    const peak = findPeak(both, size, 2, everywhere) as Peak
    expect(distance(peak.index, one)).toBeLessThan(0.01)
    expect(peak.concentration).toBeLessThan(0.75)
    const right = everywhere.map((_, at) => (at % size[0] > 14 ? 1 : 0))
    expect(distance((findPeak(both, size, 2, right) as Peak).index, other)).toBeLessThan(0.01)
  })

  it('finds nothing in a map that is nowhere positive', () => {
    expect(findPeak(new Float32Array(everywhere.length).fill(-0.1), size, 2, everywhere)).toBeUndefined()
  })
})
