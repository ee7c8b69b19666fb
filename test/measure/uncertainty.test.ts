import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { calibratedDeviation, measureWithUncertainty, spreadAbout } from '../../src/measure/uncertainty.ts'
import type { Calibration } from '../../src/network/calibration.ts'
import { knownEar } from '../report/known-findings.ts'
import { knownCalibration } from '../support/known-calibration.ts'

describe('the uncertainty of a measurement', () => {
  const ear = knownEar('left')
  const intervalOf = (calibration: Calibration | undefined) =>
    measureWithUncertainty({ ...ear, calibration }, [ear, ear]).find(({ id }) => id === 'cochlea_volume')?.uncertainty

  it("is the model's calibrated deviation where all views agree", () => {
    const { low, high } = intervalOf(knownCalibration) ?? expect.unreachable()
    expect([low, high]).toEqual([expect.closeTo(1 - 1.645 * 2.3, 9), expect.closeTo(1 + 1.645 * 2.3, 9)])
  })

  it('is unknown where the model was not calibrated, for all or for this measurement', () => {
    expect(intervalOf(undefined)).toBeUndefined()
    expect(intervalOf({ ...knownCalibration, deviations: {} })).toBeUndefined()
  })

  it('is that of coarse voxels where the scan has such, and at least that of labelled real ears', () => {
    const width = (calibration: Calibration, voxelEdge: number): number => {
      const coarse = { ...ear, voxelEdge, calibration }
      const { low, high } =
        measureWithUncertainty(coarse, [ear, ear]).find(({ id }) => id === 'cochlea_volume')?.uncertainty ??
        expect.unreachable()
      return (high - low) / 2 / 1.645
    }
    const coarseVoxels = { from: 0.7, deviations: { cochlea_volume: 4 } }
    const labelled = { name: 'ears', ears: 10, deviations: { cochlea_volume: 3 } }
    expect(width({ ...knownCalibration, coarseVoxels }, 0.7)).toBeCloseTo(2.3, 9)
    expect(width({ ...knownCalibration, coarseVoxels }, 0.8)).toBeCloseTo(4, 9)
    expect(width({ ...knownCalibration, coarseVoxels, labelled }, 0.7)).toBeCloseTo(3, 9)
    expect(width({ ...knownCalibration, coarseVoxels, labelled }, 0.8)).toBeCloseTo(4, 9)
    const clinical = { from: 0.3, voxelEdge: 0.625, deviations: { cochlea_volume: 6 } }
    const both = { ...knownCalibration, coarseVoxels, labelled: { ...labelled, coarseVoxels: clinical } }
    expect([0.3, 0.31, 0.8].map((edge) => width(both, edge))).toEqual([3, 6, 6].map((mm3) => expect.closeTo(mm3, 9)))
  })

  it('grows with the distance of other views from the reported value, which need not be their mean', () => {
    expect(spreadAbout(5, [5, 5, 5])).toBe(0)
    expect(spreadAbout(5, [4, 6])).toBe(1)
    expect(spreadAbout(5, [7, 7])).toBe(2)
  })

  it('is calibrated so that nine tenths of the errors lie in their intervals, on the cases it was calibrated on', () => {
    const ears = fc.array(
      fc.record({
        error: fc.double({ min: -5, max: 5, noNaN: true }),
        spread: fc.double({ min: 0, max: 2, noNaN: true })
      }),
      { minLength: 10, maxLength: 60 }
    )
    fc.assert(
      fc.property(ears, (cases) => {
        const method = calibratedDeviation(cases)
        const inside = cases.filter(({ error, spread }) => Math.abs(error) <= 1.645 * Math.hypot(spread, method) + 1e-9)
        expect(inside.length).toBeGreaterThanOrEqual(0.9 * cases.length)
      })
    )
  })

  it('covers nine tenths of the errors of ears it was not calibrated on', () => {
    const random = createRandom(3)
    const draw = (count: number) =>
      Array.from({ length: count }, () => {
        const spread = random.uniform(0, 0.2)
        return { error: random.normal(0, Math.hypot(spread, 0.3)), spread }
      })
    const method = calibratedDeviation(draw(400))
    const others = draw(2000)
    const inside = others.filter(({ error, spread }) => Math.abs(error) <= 1.645 * Math.hypot(spread, method))
    expect(inside.length / others.length).toBeGreaterThan(0.86)
    expect(inside.length / others.length).toBeLessThan(0.94)
  })
})
