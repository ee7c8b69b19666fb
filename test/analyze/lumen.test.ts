import { expect, test } from 'vitest'
import { intoLumen } from '../../src/analyze/lumen.ts'
import { geometryAround } from '../../src/core/geometry.ts'
import { distance, identity3, rotationAbout, type Vector3 } from '../../src/core/vector.ts'

/** A ball of 2 mm around [10, 20, 30], on a grid that is turned. */
const center: Vector3 = [10, 20, 30]
const grid = geometryAround(center, [31, 31, 31], [0.3, 0.3, 0.3], rotationAbout([0, 0, 1], 0.4))
const ball = {
  geometry: grid,
  data: Float32Array.from({ length: 31 ** 3 }, (_, at) => {
    const [i, j, k] = [at % 31, Math.floor(at / 31) % 31, Math.floor(at / 961)]
    const radius = 0.3 * Math.hypot(i - 15, j - 15, k - 15)
    return 1 / (1 + Math.exp((radius - 2) / 0.2))
  })
}

test('a place in the lumen stays where it is', () => {
  const place: Vector3 = [11.1, 20.3, 29.5]
  expect(distance(intoLumen(ball, place), place)).toBeLessThan(1e-9)
})

test('a place outside comes to the nearest wall', () => {
  const moved = intoLumen(ball, [12.6, 20, 30])
  expect(distance(moved, center)).toBeGreaterThan(1.85)
  expect(distance(moved, center)).toBeLessThan(2.05)
  expect(distance(moved, [12, 20, 30])).toBeLessThan(0.35)
})

test('a place with no lumen near stays, and so does one outside the grid', () => {
  expect(intoLumen(ball, [14, 20, 30])).toEqual([14, 20, 30])
  expect(intoLumen(ball, [100, 0, 0])).toEqual([100, 0, 0])
  expect(
    intoLumen({ geometry: geometryAround(center, [3, 3, 3], [1, 1, 1], identity3), data: new Float32Array(27) }, center)
  ).toEqual(center)
})
