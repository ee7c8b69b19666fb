import { expect, test } from 'vitest'
import { createGeometry, voxelCount } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { acceptScan } from '../../../src/io/accept-scan.ts'

const geometry = createGeometry({
  size: [48, 40, 24],
  spacing: [0.4, 0.4, 0.6],
  origin: [0, 0, 0],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1]
})
const [columns, rows] = geometry.size
const plane = columns * rows
const random = createRandom(1)

/** Shapes that drift from slice to slice, under noise. */
const scan = Int16Array.from({ length: voxelCount(geometry) }, (_, n) => {
  const [i, j, k] = [n % columns, Math.floor(n / columns) % rows, Math.floor(n / plane)]
  return 700 * Math.sin(i / 4 + k / 9) * Math.cos(j / 5 - k / 9) + 80 * random.normal()
})

type Source = (k: number) => number
const same: Source = (k) => k

/** The scan with slice k taken from slice `from(k)`, and its values changed by `change`. */
function altered(from: Source, change: (value: number, k: number, n: number) => number = (value) => value): Int16Array {
  return scan.map((_, n) => {
    const k = Math.floor(n / plane)
    return change(scan[from(k) * plane + (n % plane)] as number, k, n)
  })
}

const notes = (data: Int16Array) =>
  acceptScan('a.nii', { scan: { geometry, data }, source: { path: 'a.nii', format: 'nifti', notes: [] } }).source.notes

test('slices that were exchanged, one of another scan and a few of another scale have a note', () => {
  const exchanged: Source = (k) => ({ 8: 18, 18: 8 })[k] ?? k
  expect(notes(altered(exchanged))).toEqual([
    expect.stringMatching(/^slices 9, 19 of 24 differ from the slices on either side far more .*measured wrong; look/)
  ])
  const foreign = altered(same, (value, k, n) => (k === 8 ? (scan[n + 7 * plane] as number) : value))
  expect(notes(foreign)).toEqual([expect.stringMatching(/^slice 9 of 24 differs .* near it is outlined/)])
  for (const run of [1, 2]) {
    const offset = altered(same, (value, k) => (k >= 8 && k < 8 + run ? value - 1024 : value))
    expect(notes(offset).at(-1)).toMatch(/^slices? 9.* of 24 differ/)
  }
})

test('copies of a slice between others have a note; at the ends, and all through a scan, as after resampling, none', () => {
  expect(notes(altered((k) => (k === 9 || k === 10 ? 8 : k)))).toEqual([
    expect.stringMatching(
      /^slices 10, 11 of 24 repeat the slice before voxel by voxel: .*measured wrong; export it again/
    )
  ])
  expect(notes(altered((k) => Math.min(20, Math.max(3, k))))).toEqual([])
  for (const finer of [1.3, 1.6, 2, 3]) expect(notes(altered((k) => Math.floor(k / finer)))).toEqual([])
})

test('a part of the slices whose values are raised or lowered by one number is refused', () => {
  const lowered = altered(same, (value, k) => (k >= 9 ? value - 1024 : value))
  expect(() => notes(lowered)).toThrow(
    /a\.nii: all values of slices 10 to 24 of 24 lie about 10[0-9]{2} lower .*export it again/
  )
  const outside = altered(same, (value, k, n) =>
    n % plane < plane / 2 ? -1024 : k >= 9 && k < 15 ? value + 1024 : value
  )
  expect(() => notes(outside)).toThrow(/all values of slices 10 to 15 of 24 lie about 10[0-9]{2} higher/)
})

test('metal, noise that alternates, a flat end and padding are no odd slices', () => {
  const metal = altered(same, (value, k, n) => (k >= 8 && k < 10 && n % columns < 12 ? 3071 : value))
  const streaks = altered(same, (value, k, n) => (k === 8 ? value + 600 * Math.sin((n % columns) * 1.3) : value))
  const alternating = altered(same, (value, k) => value + (k % 2) * 300 * random.normal())
  const flat = altered(same, (value, k) => (k < 8 ? -1000 + 20 * random.normal() : value))
  const padded = altered(same, (value, k) => (k < 8 || k > 20 ? -1000 : value + 400))
  const cut = altered(same, (value, k) => (k < 8 || k > 20 ? 0 : Math.max(0, value)))
  for (const valid of [scan, metal, streaks, alternating, flat, padded, cut]) {
    expect(notes(valid).filter((note) => /slice/.test(note))).toEqual([])
  }
})
