import { describe, expect, it } from 'vitest'
import { detectEars } from '../../../src/analyze/detect/detect-ears.ts'
import { searchInputsOf } from '../../../src/analyze/detect/search-inputs.ts'
import { coveringGrid } from '../../../src/analyze/predict/network-input.ts'
import { centerOf, extentOf } from '../../../src/core/geometry/geometry.ts'
import { distance } from '../../../src/core/math/vector.ts'
import { boneScan, detectorMetadata, knowingNetwork, meanShape, uprightFrame } from '../analytic-network.ts'

const frame = uprightFrame('left', [2, -1, 1])
const detector = knowingNetwork(detectorMetadata, [{ frame, shape: meanShape }])
const small = boneScan([0, 0, 0], [60, 60, 60], [0.6, 0.6, 0.6])
const wide = boneScan([1, 2, 3], [80, 70, 75], [1, 1, 1])

describe('the input of a scan', () => {
  it('begin with the scan as it is, of which nothing need be said', () => {
    const [first, second, ...more] = searchInputsOf(small, false, detector)
    expect(first).toMatchObject({ scan: small, outside: 'nearest' })
    expect(second).toMatchObject({ scan: small, outside: -1000 })
    expect([first?.note, second?.note, more.length]).toEqual([undefined, undefined, 0])
  })

  it('turn a scan that may show a head upside down, and raise the contrast of a cylinder', () => {
    const notes = [...searchInputsOf(wide, true, detector)].map(({ note }) => note)
    expect(notes[0]).toBeUndefined()
    expect(notes.slice(1)).toEqual([
      expect.stringMatching(/upside down/),
      expect.stringMatching(/contrast of bone raised/),
      expect.stringMatching(/upside down.*contrast of bone raised/)
    ])
    const stretched = [...searchInputsOf(wide, true, detector)][2]?.scan.data
    expect(stretched?.[0]).toBe(1255)
  })

  it('show an ear in its place and of its side, whichever way up the grid lies', async () => {
    for (const input of [...searchInputsOf(wide, false, detector)].map(({ axes }) => axes)) {
      const [found] = await detectEars({ scan: small, axes: input, outside: 'nearest' }, detector)
      expect(found?.frame.side).toBe('left')
      expect(distance(found?.frame.origin ?? [99, 99, 99], frame.origin)).toBeLessThan(1)
    }
  })

  it('cover the scan whichever way up the grid lies', () => {
    for (const { axes } of searchInputsOf(wide, false, detector)) {
      const grid = coveringGrid(detector, wide.geometry, axes)
      expect(distance(centerOf(grid), centerOf(wide.geometry))).toBeLessThan(1e-6)
      const wanted = extentOf(wide.geometry)
      for (const [axis, mm] of extentOf(grid).entries()) expect(mm).toBeGreaterThanOrEqual(wanted[axis] as number)
    }
  })
})
