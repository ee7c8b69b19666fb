import { expect, it } from 'vitest'
import { dilate } from '../../../src/core/image/dilate.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import type { Vector3 } from '../../../src/core/math/vector.ts'

it('marks exactly the voxels within the radius of a marked one along every axis', () => {
  const size: Vector3 = [9, 7, 8]
  const random = createRandom(5)
  const mask = Uint8Array.from({ length: 9 * 7 * 8 }, () => (random.chance(0.01) ? 1 : 0))
  const placeOf = (at: number): Vector3 => [at % 9, Math.floor(at / 9) % 7, Math.floor(at / 63)]
  for (const radius of [0, 1, 2]) {
    const grown = dilate(mask, size, radius)
    grown.forEach((value, at) => {
      const here = placeOf(at)
      const near = mask.some(
        (marked, other) =>
          marked === 1 && placeOf(other).every((index, axis) => Math.abs(index - (here[axis] as number)) <= radius)
      )
      expect(value).toBe(near ? 1 : 0)
    })
  }
})
