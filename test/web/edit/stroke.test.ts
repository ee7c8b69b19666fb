import { expect, test } from 'vitest'
import { applyAffine, createGeometry, voxelCount, worldFromIndex } from '../../../src/core/geometry/geometry.ts'
import { distance, rotationAbout } from '../../../src/core/math/vector.ts'
import { withLabelChange } from '../../../web/corrections.ts'
import { beginStroke } from '../../../web/edit/stroke.ts'

const grid = createGeometry({
  size: [20, 20, 10],
  spacing: [0.5, 0.5, 1],
  origin: [-3, 4, 5],
  direction: rotationAbout([0, 0.6, 0.8], 0.4)
})
const blank = new Uint8Array(voxelCount(grid))
const at = (i: number, j: number, k: number) => applyAffine(worldFromIndex(grid), [i, j, k])

test('a dab paints a disc one voxel thick, in the plane of the slice', () => {
  const stroke = beginStroke(grid, blank, 'axial', { shape: 'disc', diameter: 2.1, to: 3 })
  stroke.moveTo(at(10, 10, 4.2))
  const painted = [...stroke.labels].flatMap((label, n) => (label === 3 ? [n] : []))
  // Voxel centres within 1.05 mm, at 0.5 mm: 13 of them.
  expect(painted).toHaveLength(13)
  expect(new Set(painted.map((n) => Math.floor(n / 400)))).toEqual(new Set([4]))
})

test('a brush finer than the voxels paints the voxel under the pointer', () => {
  const stroke = beginStroke(grid, blank, 'coronal', { shape: 'disc', diameter: 0.3, to: 1 })
  stroke.moveTo(at(10.4, 9.6, 4.4))
  expect([...stroke.labels].flatMap((label, n) => (label === 1 ? [n] : []))).toEqual([10 + 20 * (10 + 20 * 4)])
})

test('a fast stroke leaves no gaps', () => {
  const stroke = beginStroke(grid, blank, 'sagittal', { shape: 'disc', diameter: 1, to: 2 })
  stroke.moveTo(at(5, 2, 2))
  stroke.moveTo(at(5, 17, 2))
  for (let j = 2; j <= 17; j++) expect(stroke.labels[5 + 20 * (j + 20 * 2)]).toBe(2)
})

test('a stroke over the border of the grid paints what is inside', () => {
  const stroke = beginStroke(grid, blank, 'axial', { shape: 'disc', diameter: 3, to: 1 })
  stroke.moveTo(at(-1, -1, 0))
  expect(stroke.end()?.voxels.length).toBeGreaterThan(0)
})

test('a stroke is a change that is taken back and made again; one that changes nothing is none', () => {
  const labels = Uint8Array.from(blank, (_, n) => n % 3)
  const stroke = beginStroke(grid, labels, 'axial', { shape: 'disc', diameter: 2.4, to: 2 })
  stroke.moveTo(at(8, 8, 3))
  const ended = stroke.end()
  const change = { what: 'labels', ear: 'ear-1', ...(ended ?? expect.unreachable()) } as const
  const painted = withLabelChange(labels, change)
  expect(painted).toEqual(stroke.labels)
  expect(withLabelChange(painted, change, true)).toEqual(labels)
  const again = beginStroke(grid, painted, 'axial', { shape: 'disc', diameter: 2.4, to: 2 })
  again.moveTo(at(8, 8, 3))
  expect(again.end()).toBeUndefined()
})

test('a ball has its diameter in the world, along every axis of the grid', () => {
  const stroke = beginStroke(grid, blank, 'axial', { shape: 'ball', diameter: 4.1, to: 1 })
  const middle = at(10, 10, 5)
  stroke.moveTo(middle)
  for (const [n, label] of stroke.labels.entries()) {
    const away = distance(at(n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400)), middle)
    expect(label).toBe(away <= 2.05 ? 1 : 0)
  }
})

test('a stroke keeps to the voxels it may change', () => {
  const stroke = beginStroke(grid, blank, 'axial', { shape: 'disc', diameter: 2.1, to: 3, accepts: (n) => n % 20 > 10 })
  stroke.moveTo(at(10, 10, 4))
  const painted = [...(stroke.end()?.voxels ?? [])]
  expect(painted).toHaveLength(4)
  expect(painted.every((n) => n % 20 > 10)).toBe(true)
})
