import fc from 'fast-check'
import { expect, test } from 'vitest'
import { column, distance } from '../../src/core/math/vector.ts'
import { obliqueTile, planeThrough } from '../../web/viewer/oblique-tile.ts'
import { directions, even, points } from '../core/arbitraries.ts'

const frame = { left: 40, top: 10, width: 300, height: 200 }
const planes = fc
  .tuple(points(50), directions, even(2, 40))
  .map(([center, direction, edge]) => ({ center, across: column(direction, 0), down: column(direction, 1), edge }))

test('a place goes to the screen and back, as deep as it was', () => {
  fc.assert(
    fc.property(planes, points(60), (plane, place) => {
      const tile = obliqueTile('across', plane, frame)
      const { x, y } = tile.locate(place)
      expect(distance(tile.placeAt(x, y, place), place)).toBeLessThan(1e-6)
    })
  )
})

test('a plane moved to a place holds it, and its edge fills the shorter side of the frame', () => {
  fc.assert(
    fc.property(planes, points(60), (plane, place) => {
      const tile = obliqueTile('along', planeThrough(plane, place), frame)
      expect(tile.locate(place).depth).toBeCloseTo(0, 6)
      const [top, bottom] = [tile.placeAt(190, 10, place), tile.placeAt(190, 210, place)]
      expect(distance(top, bottom)).toBeCloseTo(plane.edge, 6)
    })
  )
})
