import fc from 'fast-check'
import { expect, it } from 'vitest'
import { angleAtLength, ductLengths, lengthToAngle } from '../../../src/measure/cochlea/duct-length.ts'
import { greenwoodFrequency, insertionTable } from '../../../src/measure/cochlea/insertion.ts'

const aValue = fc.double({ min: 7, max: 11, noNaN: true })

it('an angle and the length to it are each other’s inverse', () => {
  fc.assert(
    fc.property(aValue, fc.double({ min: 0, max: 900, noNaN: true }), (a, angle) => {
      expect(angleAtLength(a, lengthToAngle(a, angle))).toBeCloseTo(angle, 8)
    })
  )
})

it('duct lengths of a typical cochlea lie among the published ones', () => {
  const lengths = ductLengths(8.75)
  expect(lengths.alexiadesOrganOfCorti).toBeCloseTo(32.4, 9)
  expect(lengths.kochLateralWall).toBeCloseTo(38.765, 9)
})

it('hearing reaches from 20 Hz at the apex to 20.7 kHz at the base', () => {
  expect(greenwoodFrequency(0)).toBeCloseTo(19.848, 9)
  expect(greenwoodFrequency(1)).toBeCloseTo(165.4 * (10 ** 2.1 - 0.88), 9)
})

it('deeper along an electrode the angle grows and the frequency falls, and the tip is the last row', () => {
  fc.assert(
    fc.property(aValue, fc.integer({ min: 50, max: 300 }), (a, tenths) => {
      const rows = insertionTable(a, tenths / 10)
      expect(rows.at(-1)?.depth).toBe(tenths / 10)
      for (const [n, row] of rows.slice(1).entries()) {
        expect(row.angle).toBeGreaterThan(rows[n]?.angle ?? Number.NaN)
        expect(row.frequency).toBeLessThan(rows[n]?.frequency ?? Number.NaN)
      }
    })
  )
})
