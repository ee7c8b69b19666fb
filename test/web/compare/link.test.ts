import { expect, test } from 'vitest'
import { applyAffine, createGeometry } from '../../../src/core/geometry/geometry.ts'
import {
  add,
  determinant,
  distance,
  identity3,
  multiply,
  rotationAbout,
  transform
} from '../../../src/core/math/vector.ts'
import { type EarFrame, meanDirection } from '../../../src/ear/ear-frame.ts'
import { type LinkedEar, linkBetween } from '../../../web/compare/link.ts'

const scan = createGeometry({ size: [9, 9, 9], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
const frame: EarFrame = { side: 'left', origin: [40, 15, -20], direction: meanDirection.left }
const ear: LinkedEar = { frame, scan, frameOfReference: '1.2.3' }

test('scans of one frame of reference, or of one grid, share a world where the ear lies at one place of it', () => {
  const near: LinkedEar = { ...ear, frame: { ...frame, origin: [41, 15, -20] } }
  const otherGrid = { ...scan, origin: [5, 0, 0] as const }
  const link = linkBetween(ear, { ...near, scan: otherGrid })
  expect(link.by).toBe('world')
  expect(applyAffine(link.toOther, [1, 2, 3])).toEqual([1, 2, 3])
  expect(linkBetween(ear, { ...near, frameOfReference: null }).by).toBe('world')
  expect(linkBetween(ear, { ...near, scan: otherGrid, frameOfReference: '1.2.4' }).by).toBe('frames')
})

test('no frame of reference is none that two scans share', () => {
  const unnamed: LinkedEar = { ...ear, frameOfReference: null }
  expect(linkBetween(unnamed, { ...unnamed, scan: { ...scan, origin: [5, 0, 0] } }).by).toBe('frames')
})

test('a head that moved between two scans is linked by its ear, whatever the scans share', () => {
  const turn = rotationAbout([0, 0, 1], 0.2)
  const moved: EarFrame = { side: 'left', origin: [48, 10, -20], direction: multiply(turn, frame.direction) }
  const link = linkBetween(ear, { ...ear, frame: moved })
  expect(link.by).toBe('frames')
  expect(determinant(link.toOther.matrix)).toBeCloseTo(1, 2)
  const turned: EarFrame = { ...frame, direction: multiply(turn, frame.direction) }
  expect(linkBetween(ear, { ...ear, frame: turned }).by).toBe('frames')
  // The same place of the ear: 2 mm lateral, 3 anterior, 1 superior of the vestibule.
  const here = add(frame.origin, transform(frame.direction, [2, 3, 1]))
  const there = add(moved.origin, transform(moved.direction, [2, 3, 1]))
  // Directions are kept to three decimals.
  expect(distance(applyAffine(link.toOther, here), there)).toBeLessThan(0.01)
})
