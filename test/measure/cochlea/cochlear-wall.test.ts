import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCochlearFrame } from '../../../src/ear/cochlear-coordinates.ts'
import { cupulaHeight, type Inside, lateralWall, wallRadiusNear } from '../../../src/measure/cochlea/cochlear-wall.ts'

/** Consensus coordinates are those of the ear: the axis along z, 0° towards x. */
const frame = createCochlearFrame({ point: [0, 0, 0], direction: [0, 0, 1] }, [1, 0, 0])

const rings = fc.record({
  radius: fc.double({ min: 2, max: 4.5, noNaN: true }),
  height: fc.double({ min: -1, max: 1, noNaN: true }),
  thickness: fc.double({ min: 0.5, max: 1.2, noNaN: true })
})
const angles = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true })

/** A ring about the axis: depth (mm) below its surface. */
function ring({ radius, height, thickness }: { radius: number; height: number; thickness: number }): Inside {
  return (x, y, z) => thickness - Math.hypot(Math.hypot(x, y) - radius, z - height)
}

test('the lateral wall of a ring is as far from the axis as the ring reaches, in the middle of its height', () => {
  fc.assert(
    fc.property(rings, angles, (shape, angle) => {
      const wall = lateralWall(ring(shape), frame, angle) ?? expect.unreachable()
      expect(Math.abs(wall.radius - shape.radius - shape.thickness)).toBeLessThan(0.005)
      expect(Math.abs(wall.height - shape.height)).toBeLessThan(0.1)
    })
  )
})

test('a smaller ring above or below changes nothing of the wall, and is found where it is looked for', () => {
  fc.assert(
    fc.property(rings, fc.constantFrom(-1.2, 1.2), angles, (shape, off, angle) => {
      const small = { radius: 1.2, height: shape.height + off, thickness: 0.4 }
      const both: Inside = (...place) => Math.max(ring(shape)(...place), ring(small)(...place))
      const alone = lateralWall(ring(shape), frame, angle)
      expect(lateralWall(both, frame, angle)).toEqual(alone)
      const near = wallRadiusNear(ring(small), frame, angle, small.height, 6) ?? expect.unreachable()
      expect(Math.abs(near - 1.6)).toBeLessThan(0.005)
    })
  )
})

test('the cupula is the highest place near the axis', () => {
  const dome: Inside = (x, y, z) => 4 - Math.hypot(x - 0.6, y, z)
  expect(Math.abs((cupulaHeight(dome, frame) ?? Number.NaN) - 4)).toBeLessThan(0.01)
})

test('an inside that reaches beyond what is looked through ends there', () => {
  const all: Inside = () => 0.5
  expect(lateralWall(all, frame, 1)?.radius).toBe(6.5)
  expect(wallRadiusNear(all, frame, 1, 0, 5)).toBe(5)
})

test('there is no wall and no cupula where nothing is inside', () => {
  const nothing: Inside = () => -0.5
  expect(lateralWall(nothing, frame, 1)).toBeUndefined()
  expect(wallRadiusNear(nothing, frame, 1, 0, 6)).toBeUndefined()
  expect(cupulaHeight(nothing, frame)).toBeUndefined()
})
