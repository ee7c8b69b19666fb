import { describe, expect, it } from 'vitest'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { type Crop, resampleCropped, sampleCrop } from '../../../src/train/samples/crop.ts'

const size = 11
const geometry = geometryAround([0, 0, 0], [size, size, size], [1, 1, 1], identity3)
/** Each voxel holds its index along x. */
const scan = { geometry, data: Float32Array.from({ length: size ** 3 }, (_, n) => n % size) }
const target = geometryAround([0, 0, 0], [15, 15, 15], [1, 1, 1], identity3)
/** The middle three voxels along each axis are labelled. */
const labels = Uint8Array.from({ length: 15 ** 3 }, (_, n) => {
  const at = [n % 15, Math.floor(n / 15) % 15, Math.floor(n / 225)]
  return at.every((index) => Math.abs(index - 7) <= 1) ? 1 : 0
})
/** Along x through the middle of the target: 15 voxels, whose first and last two lie outside the scan. */
const line = (crop: Crop, marked: Uint8Array | null = labels): number[] => [
  ...resampleCropped(scan, target, marked ?? undefined, crop, -500).data.slice(7 * 15 + 7 * 225, 8 * 15 + 7 * 225)
]
const margins = [
  [1, 1, 1],
  [2, 2, 2]
] as const

describe('a scan cut close to what is labelled', () => {
  it('keeps the margins of each side and has one value beyond', () => {
    const constant = line({ margins, fill: 'constant' })
    expect(constant).toEqual([-500, -500, -500, -500, -500, 3, 4, 5, 6, 7, 8, -500, -500, -500, -500])
  })

  it('goes on with its border’s values', () => {
    expect(line({ margins, fill: 'replicated' })).toEqual([3, 3, 3, 3, 3, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8])
  })

  it('goes on with its mirror image', () => {
    expect(line({ margins, fill: 'reflected' })).toEqual([8, 7, 6, 5, 4, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4])
  })

  it('never grows beyond the scan', () => {
    const wide = line({
      margins: [
        [20, 20, 20],
        [20, 20, 20]
      ],
      fill: 'constant'
    })
    expect(wide).toEqual([-500, -500, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -500, -500])
  })

  it('is whole where nothing is labelled', () => {
    const whole = [-500, -500, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -500, -500]
    expect(line({ margins, fill: 'replicated' }, new Uint8Array(15 ** 3))).toEqual(whole)
    expect(line({ margins, fill: 'constant' }, null)).toEqual(whole)
  })

  it('is cut in the share asked for, within the margins asked for', () => {
    const random = createRandom(1)
    const drawn = Array.from({ length: 200 }, () => sampleCrop({ share: 0.5, margin: [1, 4] }, random))
    const crops = drawn.filter((crop) => crop !== null)
    expect(crops.length).toBeGreaterThan(70)
    expect(crops.length).toBeLessThan(130)
    expect(new Set(crops.map(({ fill }) => fill)).size).toBe(3)
    for (const mm of crops.flatMap((crop) => crop.margins.flat())) {
      expect(mm).toBeGreaterThanOrEqual(1)
      expect(mm).toBeLessThanOrEqual(4)
    }
    expect(sampleCrop({ share: 0, margin: [0, 6] }, random)).toBeNull()
  })
})
