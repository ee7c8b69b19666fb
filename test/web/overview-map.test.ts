import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyAffine, containsPoint, createGeometry, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { distance, identity3, type Vector3 } from '../../src/core/math/vector.ts'
import { boxOnPicture, clampedTo, onPicture, overviewViews, placeAtPoint } from '../../web/overview-map.ts'
import { uprightGrid } from '../../web/worker/ear-view.ts'
import { overviewOf } from '../../web/worker/overview.ts'
import { grids, points } from '../core/arbitraries.ts'

test('a place goes to the picture and back', () => {
  fc.assert(
    fc.property(grids(12), points(40), (box, place) => {
      const grid = uprightGrid(box)
      for (const view of overviewViews) {
        expect(distance(placeAtPoint(view, grid, onPicture(view, grid, place), place), place)).toBeLessThan(1e-6)
      }
    })
  )
})

test('a scan fills its own pictures', () => {
  fc.assert(
    fc.property(grids(12), (box) => {
      const grid = uprightGrid(box)
      for (const view of overviewViews) {
        const { low, high } = boxOnPicture(view, grid, grid)
        for (const [n, share] of [...low, ...high].entries()) expect(share).toBeCloseTo(n < 2 ? 0 : 1, 9)
      }
    })
  )
})

test('a place is brought into a grid, and one within it stays', () => {
  fc.assert(
    fc.property(grids(12), points(60), (grid, place) => {
      const inside = clampedTo(grid, place)
      expect(containsPoint(grid, inside)).toBe(true)
      expect(distance(clampedTo(grid, inside), inside)).toBeLessThan(1e-6)
    })
  )
})

test('what is dense is bright where it is seen: right and front on the left, the top on top', () => {
  // A scan whose axes run to left, posterior and superior.
  const geometry = createGeometry({ size: [20, 30, 40], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
  const data = new Int16Array(20 * 30 * 40).fill(-1000)
  const dense: Vector3 = [3, 24, 35]
  data[dense[0] + 20 * (dense[1] + 30 * dense[2])] = 3000
  const { grid, pictures } = overviewOf({ geometry, data })
  const place = applyAffine(worldFromIndex(geometry), dense)
  for (const [n, view] of overviewViews.entries()) {
    const { width, height, gray } = pictures[n] ?? expect.unreachable()
    const brightest = gray.indexOf(255)
    const [x, y] = onPicture(view, grid, place)
    expect([brightest % width, Math.floor(brightest / width)]).toEqual([Math.floor(x * width), Math.floor(y * height)])
  }
  const [below, front, left] = overviewViews.map((view) => onPicture(view, grid, place))
  // It lies to the patient's right, at the back and high.
  expect([below?.[0], front?.[0], left?.[0]].map((x) => (x ?? 0) < 0.5)).toEqual([true, true, false])
  expect([below?.[1], front?.[1]].map((y) => (y ?? 0) < 0.5)).toEqual([false, true])
})
