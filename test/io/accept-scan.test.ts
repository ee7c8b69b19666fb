import { expect, test } from 'vitest'
import type { Scan } from '../../src/core/volume.ts'
import { acceptScan } from '../../src/io/accept-scan.ts'
import { smallScan } from '../support/small-scan.ts'

const { geometry, data } = smallScan()
const floats = Float32Array.from(data)
const accept = (values: Scan['data']) =>
  acceptScan('a.nii', { scan: { geometry, data: values }, source: { path: 'a.nii', format: 'nifti', notes: [] } })

test('a scan of values that a CT shows is taken as it is', () => {
  for (const values of [data, floats]) {
    const { scan, source } = accept(values)
    expect(scan.data).toBe(values)
    expect(source.notes).toEqual([])
  }
})

test('a few voxels beyond what a CT shows are brought into its range, with a note', () => {
  const { scan, source } = accept(floats.with(100, 3e38).with(200, -1e6))
  expect([scan.data[100], scan.data[200], scan.data[300]]).toEqual([32767, -32768, floats[300]])
  expect(source.notes).toEqual([
    expect.stringMatching(
      /^2 voxels lie beyond what a CT shows \(-1\.00e\+6 to 3\.00e\+38 HU\): taken as -32768 or 32767 HU$/
    )
  ])
})

test('many are refused', () => {
  const many = floats.map((value, n) => (n % 200 === 0 ? 3e38 : value))
  expect(() => accept(many)).toThrow(/a\.nii: 0\.5 % of its voxels lie beyond what a CT shows .*export it again/)
})

test('padding of one value below all others is no damage', () => {
  const { scan, source } = accept(floats.map((value, n) => (n % 17 < 3 ? -3e38 : value)))
  expect(scan.data[0]).toBe(-32768)
  expect(source.notes).toEqual([expect.stringMatching(/^1026 voxels lie beyond/)])
})

test('empty slices between others have a note, at the ends of a scan none', () => {
  const [columns, rows, count] = geometry.size
  const plane = columns * rows
  const without = (...slices: readonly number[]) =>
    data.map((value, n) => (slices.includes(Math.floor(n / plane)) ? -1024 : value))
  expect(accept(without(7, 9)).source.notes).toEqual([
    expect.stringMatching(
      new RegExp(`^slices 8, 10 of ${count} hold one value only: .*measured wrong; export it again`)
    )
  ])
  expect(accept(without(0, 1, count - 1)).source.notes).toEqual([])
})
