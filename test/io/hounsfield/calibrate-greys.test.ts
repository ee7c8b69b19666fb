import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGeometry } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import type { Scan } from '../../../src/core/volume.ts'
import { calibrateGreys } from '../../../src/io/hounsfield/calibrate-greys.ts'
import type { GreyCalibration } from '../../../src/io/hounsfield/conversions.ts'

/** Shares of tissues among the voxels, with their mean and SD in Hounsfield units. */
type Tissues = readonly (readonly [share: number, mean: number, sd: number])[]

const head: Tissues = [
  [0.4, -1000, 30],
  [0.42, 40, 40],
  [0.08, -100, 40],
  [0.1, 1200, 400]
]
const airFilledBone: Tissues = [
  [0.3, -980, 60],
  [0.25, 100, 600],
  [0.45, 1900, 250]
]
const wetBone: Tissues = [
  [0.15, -990, 50],
  [0.3, 120, 150],
  [0.1, 800, 400],
  [0.45, 1900, 250]
]
const boneWithoutAir: Tissues = [
  [0.4, 120, 150],
  [0.6, 1700, 300]
]

function scanOf(tissues: Tissues, change: (hounsfield: number) => number = (value) => value): Scan {
  const size = [40, 40, 40] as const
  const random = createRandom(3)
  const geometry = createGeometry({ size, spacing: [0.3, 0.3, 0.3], origin: [0, 0, 0], direction: identity3 })
  const data = Int16Array.from({ length: 40 ** 3 }, () => {
    let rest = random.uniform(0, 1)
    const [, mean, sd] = tissues.find(([share]) => {
      rest -= share
      return rest <= 0
    }) ?? [0, 40, 40]
    return Math.round(change(Math.max(-1024, Math.min(3071, random.normal(mean, sd)))))
  })
  return { geometry, data }
}

function calibrated(scan: Scan): GreyCalibration {
  const calibration = calibrateGreys(scan)
  if ('problem' in calibration) throw new Error(calibration.problem)
  return calibration
}

describe('the calibration of greys', () => {
  it.each([
    ['a head', head],
    ['a specimen full of air', airFilledBone],
    ['a wet specimen', wetBone],
    ['bone without any air in it', boneWithoutAir]
  ])('leaves %s in Hounsfield units as it is, also where its gain is off by a few percent', (_, tissues) => {
    fc.assert(
      fc.property(fc.double({ min: 0.94, max: 1.06, noNaN: true }), (gain) => {
        expect(calibrated(scanOf(tissues, (value) => gain * value))).toEqual({ scale: 1, offset: 0 })
      }),
      { numRuns: 4 }
    )
  })

  it.each([
    [1024, head],
    [1000, head],
    [1024, airFilledBone],
    [1000, wetBone]
  ])('takes off what a scan of no negative values was raised by: %i', (raise, tissues) => {
    const { scale, offset, note } = calibrated(scanOf(tissues, (value) => Math.min(4095, value + raise)))
    expect([scale, offset]).toEqual([1, -raise])
    expect(note).toContain(`raised by ${raise}`)
  })

  it.each([
    [-3000, head],
    [-1024, head],
    [-1000, airFilledBone],
    [-500, wetBone],
    [-200, head],
    [200, head],
    [400, wetBone],
    [700, head],
    [900, airFilledBone],
    [1200, head],
    [2048, wetBone],
    [3000, head],
    [4096, airFilledBone],
    [8192, head]
  ])('undoes an offset of %i and says how large it was, cut off or not', (by, tissues) => {
    const calibration = calibrated(scanOf(tissues, (value) => value + by))
    expect(calibration).toMatchObject({ scale: 1, offset: -by })
    expect(calibration.note).toContain(by > 0 ? `raised by ${by}, which was sub` : `lowered by ${-by}, which was added`)
    if (Math.abs(by) < 1000) return
    const uncut = calibrated(scanOf(tissues, (value) => (value < -1000 ? -2000 - value : value) + by))
    expect(uncut.scale).toBe(1)
    expect(Math.abs(uncut.offset + by)).toBeLessThan(60)
  })

  it('takes the usual 1024 off a raised scan without any air, and refuses one that is raised by another amount', () => {
    expect(calibrated(scanOf(boneWithoutAir, (value) => value + 1024))).toMatchObject({ scale: 1, offset: -1024 })
    expect(calibrateGreys(scanOf(boneWithoutAir, (value) => value + 3000))).toMatchObject({
      problem: expect.stringMatching(/no air was found.*export it/)
    })
  })

  it.each([0, -1000, 1024, 3071])('refuses a negative, raised by %i, and says that it is one', (by) => {
    for (const tissues of [head, airFilledBone, wetBone]) {
      expect(calibrateGreys(scanOf(tissues, (value) => by - value))).toMatchObject({
        problem: expect.stringMatching(/a negative, in which air is bright and bone dark; export it/)
      })
    }
  })

  it.each([
    [0.8, head],
    [1.25, head],
    [0.8, airFilledBone],
    [1.25, wetBone]
  ])('undoes a factor of %d', (factor, tissues) => {
    const { scale, offset, note } = calibrated(scanOf(tissues, (value) => factor * value))
    expect(scale * factor).toBeGreaterThan(0.96)
    expect(scale * factor).toBeLessThan(1.04)
    expect(offset).toBe(0)
    expect(note).toMatch(/no Hounsfield units: air lies at/)
  })

  it.each([
    ['a head', head],
    ['a specimen', airFilledBone],
    ['a wet specimen', wetBone]
  ])('brings cone-beam greys of %s near', (_, tissues) => {
    const { scale, offset, note } = calibrated(scanOf(tissues, (value) => 0.6 * value + 300))
    const back = (value: number): number => scale * (0.6 * value + 300) + offset
    expect(Math.abs(back(-1000) + 1000)).toBeLessThan(60)
    expect(back(1900)).toBeGreaterThan(1500)
    expect(back(1900)).toBeLessThan(2300)
    expect(note).toMatch(/no Hounsfield units/)
  })

  it('does not take padding of a far lower value for air', () => {
    const scan = scanOf(head)
    const padded = { ...scan, data: scan.data.map((value, at) => (at % 40 < 8 ? -3024 : value)) }
    expect(calibrated(padded)).toEqual({ scale: 1, offset: 0 })
  })

  it('says so where nothing shows whether the values are Hounsfield units', () => {
    const fatless: Tissues = [
      [0.5, 200, 60],
      [0.5, 1500, 200]
    ]
    const { scale, offset, note } = calibrated(scanOf(fatless))
    expect([scale, offset]).toEqual([1, 0])
    expect(note).toContain('No voxel is as dark as air')
  })

  it('says so where dense bone is cut off, and not where a few voxels of metal reach the end of the scale', () => {
    expect(calibrated(scanOf(wetBone, (value) => Math.min(1000, value))).saturation).toMatch(
      /cut off at 1000 HU, which \d+\.\d % of the voxels have: .* use the scan with its whole range/
    )
    const scan = scanOf(wetBone)
    const metal = { ...scan, data: scan.data.map((value, at) => (at % 1000 === 0 ? 3071 : value)) }
    expect(calibrated(metal)).not.toHaveProperty('saturation')
  })

  it('refuses what spans too little or too much, and says what to do', () => {
    for (const change of [(value: number) => value / 10, (value: number) => value * 10]) {
      expect(calibrateGreys(scanOf(head, change))).toMatchObject({
        problem: expect.stringMatching(/export it .* rescale/)
      })
    }
  })
})
