import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyAffine,
  createGeometry,
  type Geometry,
  voxelCount,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import { identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import { slicesOf, withLabelChange } from '../../../web/corrections.ts'
import { acceptedIn } from '../../../web/edit/accepted.ts'
import { changeBetween } from '../../../web/edit/change-between.ts'
import { editPart } from '../../../web/edit/edit-part.ts'
import { fillHoles } from '../../../web/edit/fill-holes.ts'
import { fillRegion } from '../../../web/edit/fill-region.ts'
import { grow } from '../../../web/edit/grow.ts'
import { labelBox } from '../../../web/edit/label-box.ts'
import { removeIslands } from '../../../web/edit/remove-islands.ts'
import { restore } from '../../../web/edit/restore.ts'
import { shrink } from '../../../web/edit/shrink.ts'
import { encodeView } from '../../../web/worker/ear-view.ts'
import { sizes } from '../../core/arbitraries.ts'

/** Small grids with any labels, most of them background. */
const labelled = sizes(1, 6).chain((size) => {
  const grid = createGeometry({ size, spacing: [0.3, 0.4, 0.5], origin: [1, 2, 3], direction: identity3 })
  const label = fc.constantFrom(0, 0, 0, 1, 1, 2, 3)
  const labels = fc.array(label, { minLength: voxelCount(grid), maxLength: voxelCount(grid) })
  return fc.record({ grid: fc.constant(grid), labels: labels.map((values) => Uint8Array.from(values)) })
})

/** Numbers of the voxels with a label. */
function voxelsOf(labels: Uint8Array, label: number): number[] {
  return [...labels].flatMap((value, at) => (value === label ? [at] : []))
}

function everyLabelled(check: (grid: Geometry, labels: Uint8Array) => void): void {
  fc.assert(fc.property(labelled, ({ grid, labels }) => check(grid, labels)))
}

/** A cube of `edge` voxels around the middle of 7 × 7 × 7. */
function cube(edge: number, label = 1): { readonly grid: Geometry; readonly labels: Uint8Array } {
  const grid = createGeometry({ size: [7, 7, 7], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
  const labels = new Uint8Array(343).map((_, at) => {
    const index = [at % 7, Math.floor(at / 7) % 7, Math.floor(at / 49)]
    return index.every((n) => Math.abs(n - 3) <= (edge - 1) / 2) ? label : 0
  })
  return { grid, labels }
}

test('any change is made, taken back and made again', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ max: 3, minLength: 30, maxLength: 30 }),
      fc.uint8Array({ max: 3, minLength: 30, maxLength: 30 }),
      (before, after) => {
        const between = changeBetween(before, after)
        if (between === undefined) return expect(before).toEqual(after)
        const change = { what: 'labels', ear: 'ear-1', ...between } as const
        expect(withLabelChange(before, change)).toEqual(after)
        expect(withLabelChange(after, change, true)).toEqual(before)
      }
    )
  )
})

test('a change lies between its first and its last slice', () => {
  const { grid } = cube(3)
  expect(slicesOf({ voxels: Uint32Array.of(200, 50, 120) }, grid)).toEqual([1, 4])
  expect(slicesOf({ voxels: new Uint32Array(0) }, grid)).toBeUndefined()
})

test('a cube grows by a voxel over each face, and shrinks back to itself', () => {
  const { grid, labels } = cube(3)
  const grown = grow(grid, labels, 1)
  expect(voxelsOf(grown, 1)).toHaveLength(27 + 6 * 9)
  expect(shrink(grid, grown, 1)).toEqual(labels)
  expect(voxelsOf(shrink(grid, labels, 1), 1)).toEqual([3 + 7 * (3 + 7 * 3)])
})

test('a part grows into the background alone, and of what it was nothing is lost by growing and shrinking', () => {
  everyLabelled((grid, labels) => {
    const grown = grow(grid, labels, 1)
    for (const [at, label] of labels.entries()) if (label !== 0) expect(grown[at]).toBe(label)
    const closed = shrink(grid, grown, 1)
    for (const at of voxelsOf(labels, 1)) expect(closed[at]).toBe(1)
    for (const at of voxelsOf(shrink(grid, labels, 1), 1)) expect(labels[at]).toBe(1)
  })
})

test('a part keeps to the values it may have as it grows', () => {
  const { grid, labels } = cube(3)
  expect(
    voxelsOf(
      grow(grid, labels, 1, (at) => at % 7 === 5),
      1
    )
  ).toHaveLength(27 + 9)
})

test('a hole within a part is filled with it, and what is open stays open', () => {
  const { grid, labels } = cube(5, 2)
  const middle = 3 + 7 * (3 + 7 * 3)
  const hollow = Uint8Array.from(labels)
  hollow[middle] = 0
  expect(fillHoles(grid, hollow, 2)).toEqual(labels)
  expect(fillHoles(grid, hollow, 1)).toEqual(hollow)
  for (const x of [4, 5]) hollow[x + 7 * (3 + 7 * 3)] = 0
  expect(fillHoles(grid, hollow, 2)).toEqual(hollow)
})

test('what filling holes leaves has no holes, and it changes background alone', () => {
  everyLabelled((grid, labels) => {
    const filled = fillHoles(grid, labels, 1)
    expect(fillHoles(grid, filled, 1)).toEqual(filled)
    for (const [at, label] of labels.entries()) if (label !== 0) expect(filled[at]).toBe(label)
  })
})

test('a region within an outline is filled in its slice alone; one that nothing bounds is refused', () => {
  const { grid, labels } = cube(5)
  const ring = labels.map((label, at) => {
    const [x, y] = [at % 7, Math.floor(at / 7) % 7]
    return Math.max(Math.abs(x - 3), Math.abs(y - 3)) === 2 ? label : 0
  })
  const place = (index: Vector3): Vector3 => applyAffine(worldFromIndex(grid), index)
  const filled = fillRegion(grid, ring, 'axial', place([3.2, 2.9, 3]), 3)
  if (filled === 'open' || filled === undefined) return expect.unreachable()
  expect(filled.voxels).toHaveLength(9)
  expect(new Set([...filled.voxels].map((at) => Math.floor(at / 49)))).toEqual(new Set([3]))
  const after = withLabelChange(ring, { what: 'labels', ear: 'ear-1', ...filled })
  expect(voxelsOf(after, 3)).toEqual([...filled.voxels])
  expect(withLabelChange(after, { what: 'labels', ear: 'ear-1', ...filled }, true)).toEqual(ring)
  expect(fillRegion(grid, ring, 'coronal', place([3, 3, 3]), 3)).toBe('open')
  const bounded = fillRegion(grid, ring, 'coronal', place([3, 3, 3]), 3, (at) => at === 3 + 7 * (3 + 7 * 3))
  expect(bounded).toEqual({ to: 3, voxels: Uint32Array.of(3 + 7 * (3 + 7 * 3)), from: Uint8Array.of(0) })
  expect(fillRegion(grid, ring, 'axial', place([9, 3, 3]), 3)).toBeUndefined()
})

test('an edit of a whole part within the box of the labels is that of the whole grid', () => {
  const whole = {
    grow: (grid: Geometry, labels: Uint8Array) => grow(grid, labels, 1),
    shrink: (grid: Geometry, labels: Uint8Array) => shrink(grid, labels, 1),
    fill: (grid: Geometry, labels: Uint8Array) => fillHoles(grid, labels, 1),
    islands: (grid: Geometry, labels: Uint8Array) => removeIslands(grid, labels, 1),
    restore: (_: Geometry, labels: Uint8Array) => restore(labels, labels.toReversed(), 1)
  }
  everyLabelled((grid, labels) => {
    const ear = { id: 'ear-1', grid, labels, foundLabels: labels.toReversed(), image: new Uint8Array(0) } as const
    for (const [how, expected] of Object.entries(whole)) {
      const change = editPart(ear, how as keyof typeof whole, { label: 1, threshold: null })
      expect(change === undefined ? labels : withLabelChange(labels, change)).toEqual(expected(grid, labels))
    }
  })
})

test('a box of labels has a voxel around them, where the grid has one, and numbers voxels as the grid does', () => {
  everyLabelled((grid, labels) => {
    const box = labelBox(grid, labels)
    if (box === undefined) return expect(labels.every((label) => label === 0)).toBe(true)
    const cropped = box.crop(labels)
    for (const [at, label] of cropped.entries()) expect(labels[box.voxelOf(at)]).toBe(label)
    expect(cropped.filter((label) => label !== 0)).toHaveLength(labels.filter((label) => label !== 0).length)
  })
})

test('of a part in pieces the largest stays, and other parts are left alone', () => {
  const { grid, labels } = cube(3)
  const scattered = Uint8Array.from(labels)
  scattered[0] = 1
  scattered[6] = 2
  const cleaned = removeIslands(grid, scattered, 1)
  expect(voxelsOf(cleaned, 1)).toEqual(voxelsOf(labels, 1))
  expect(cleaned[6]).toBe(2)
})

test('a restored part is as it was found, and no other part gains what was not found', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ max: 3, minLength: 40, maxLength: 40 }),
      fc.uint8Array({ max: 3, minLength: 40, maxLength: 40 }),
      (labels, found) => {
        const restored = restore(labels, found, 2)
        expect(voxelsOf(restored, 2)).toEqual(voxelsOf(found, 2))
        for (const [at, label] of restored.entries()) expect([labels[at], found[at]]).toContain(label)
      }
    )
  )
})

test('a threshold is in the Hounsfield units of the scan', () => {
  const grid = createGeometry({ size: [5, 1, 1], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
  const data = Int16Array.of(-1000, 0, 150, 1200, 2400)
  const ear = { grid, image: encodeView({ geometry: grid, data }, { box: grid, grid }) }
  const accepts = acceptedIn(ear, { threshold: { low: 0, high: 1200 } }) ?? expect.unreachable()
  expect([0, 1, 2, 3, 4].map(accepts)).toEqual([false, true, true, true, false])
  expect(acceptedIn(ear, { threshold: null })).toBeUndefined()
})
