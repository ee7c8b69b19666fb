import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/core/errors.ts'
import { distance } from '../../src/core/math/vector.ts'
import type { ElectrodeArray } from '../../src/electrode/array.ts'
import { catalogue, findArray } from '../../src/electrode/catalogue.ts'
import { arrayPlace, endOf, sectionAt, wallLengths } from '../../src/implant/lumen.ts'
import { layArray } from '../../src/implant/plan/lay-array.ts'
import { insertionFor, planArray } from '../../src/implant/plan/plan-array.ts'
import { uncertaintyOf } from '../../src/implant/plan/uncertainty.ts'
import { tonotopyOf } from '../../src/implant/tonotopy.ts'
import { knownDuct } from './known-duct.ts'

const duct = knownDuct()
const flex = findArray('flex28')
const uncertainty = { basalTurn: 0.01, wholeDuct: 0.04 }
const insideOf = (array: ElectrodeArray, insertion?: number, of = duct) =>
  planArray(of, array, insertion, uncertainty).contacts.flatMap(({ inside }) => inside ?? [])

describe('an array in a cochlea', () => {
  it('lies inside the lumen wherever it lies, nearest to the wall or the modiolus as its kind does', () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 700, noNaN: true }), (angle) => {
        const [lateral, middle, modiolar] = (['lateral', 'mid-scala', 'perimodiolar'] as const).map((placement) => {
          const place = arrayPlace(duct, placement, angle, 0.25)
          expect(Math.min(place.toLateralWall, place.toModiolus)).toBeGreaterThan(0.2)
          expect(place.height).toBeLessThanOrEqual(sectionAt(duct, angle).height)
          return place
        })
        if (angle < 400) expect(lateral?.toLateralWall).toBeLessThan(0.35)
        expect(middle?.radius).toBeLessThanOrEqual(lateral?.radius ?? 0)
        if (angle >= 120) expect(modiolar?.radius).toBeLessThanOrEqual(middle?.radius ?? 0)
      })
    )
  })

  it('has contacts their spacing apart along its course, the angle falling and the frequency rising to the base', () => {
    for (const array of catalogue) {
      const contacts = insideOf(array, Math.min(20, array.length ?? 20))
      for (const [n, next] of contacts.slice(1).entries()) {
        const here = contacts[n] ?? expect.unreachable()
        expect(next.angle).toBeLessThan(here.angle)
        expect(next.frequency).toBeGreaterThan(here.frequency)
        // The chord of a bend is a little shorter than the way along it.
        expect(distance(here.position, next.position)).toBeLessThan(array.spacing + 0.01)
        expect(distance(here.position, next.position)).toBeGreaterThan(0.85 * array.spacing)
      }
    }
  })

  it('reaches less far in a larger cochlea, and a perimodiolar one farther than one at the wall', () => {
    const apical = (array: ElectrodeArray, size: number) => insideOf(array, 18, knownDuct(size))[0]?.angle ?? Number.NaN
    expect(apical(flex, 1.1)).toBeLessThan(apical(flex, 1))
    const modiolar = { ...flex, placement: 'perimodiolar' as const }
    expect(apical(modiolar, 1)).toBeGreaterThan(apical(flex, 1) + 20)
  })

  it('has intervals that hold its values and grow with the ear’s uncertainty, and none where the ear has none', () => {
    const [more] = planArray(duct, flex, undefined, { basalTurn: 0.03, wholeDuct: 0.08 }).contacts
    const [less] = planArray(duct, flex, undefined, uncertainty).contacts
    for (const key of ['angle', 'frequency'] as const) {
      const [wide, narrow] = [more?.inside?.[`${key}Interval`], less?.inside?.[`${key}Interval`]]
      expect(narrow?.low).toBeLessThan(less?.inside?.[key] ?? Number.NaN)
      expect(narrow?.high).toBeGreaterThan(less?.inside?.[key] ?? Number.NaN)
      expect((wide?.high ?? 0) - (wide?.low ?? 0)).toBeGreaterThan((narrow?.high ?? 0) - (narrow?.low ?? 0))
    }
    expect(planArray(duct, flex, undefined, undefined).contacts[0]?.inside).not.toHaveProperty('angleInterval')
    expect(uncertaintyOf([{ id: 'basal_turn_length_traced', value: 22 }])).toBeUndefined()
  })

  it('has intervals that become no narrower towards the apex, and no frequency that Greenwood’s formula cannot have', () => {
    const dense = { ...flex, contacts: 12, spacing: 0.3, length: 60 }
    const end = layArray(duct, dense, 25).length
    const inside = planArray(duct, dense, end + 0.4, { basalTurn: 0.03, wholeDuct: 0.2 }).contacts.flatMap(
      (contact) => contact.inside ?? []
    )
    const widths = inside.map(({ angleInterval }) => (angleInterval?.high ?? 0) - (angleInterval?.low ?? 0))
    expect(widths[0]).toBeGreaterThan(0.95 * (widths[1] ?? Number.NaN))
    for (const { frequencyInterval } of inside) expect(frequencyInterval?.low).toBeGreaterThanOrEqual(19.8)
  })

  it('reaches the target with the insertion that is given for it, also where it tapers', () => {
    const taper = { ...flex, diameter: { tip: 0.2, base: 1.3 } }
    const { insertion } = insertionFor(duct, taper, { angle: 300 })
    expect(planArray(duct, taper, insertion, undefined).coverage?.angle).toBeCloseTo(300, 0)
  })
})

describe('what does not fit is said', () => {
  it('an array longer than the way, contacts outside, a thickness that is not known', () => {
    const long = planArray(knownDuct(0.6), findArray('flexsoft'), undefined, undefined)
    expect(long.remarks.join(' ')).toMatch(/Too long: .* ends after \d+\.\d mm/)
    const partial = planArray(duct, flex, 15, undefined)
    expect(partial.contacts.filter(({ inside }) => inside === undefined)).toHaveLength(4)
    expect(partial.remarks.join(' ')).toMatch(/4 of 12 contacts stay outside/)
    expect(partial.remarks.join(' ')).toMatch(/thickness was not found/)
  })

  it('an array thicker than the half of the lumen, from where it is', () => {
    const thick = { ...flex, diameter: { tip: 1, base: 1 } }
    expect(planArray(duct, thick, undefined, undefined).remarks.join(' ')).toMatch(/Too thick .* from \d+° on/)
    const thin = { ...flex, diameter: { tip: 0.3, base: 0.5 } }
    expect(planArray(duct, thin, undefined, undefined).remarks).toEqual([])
  })

  it('an insertion that the array does not have, or a length nobody knows, is refused', () => {
    expect(() => planArray(duct, flex, 29, undefined)).toThrow(UsageError)
    expect(() => planArray(duct, findArray('1j'), undefined, undefined)).toThrow(/--insertion/)
  })
})

describe('the duct as frequencies', () => {
  it('runs from 20.7 kHz at the round window to 20 Hz at the end of the turns', () => {
    const { frequency, share, angle } = tonotopyOf(duct)
    expect(frequency(0)).toBeCloseTo(20677, -1)
    expect(frequency(endOf(duct))).toBeCloseTo(19.8, 1)
    expect(angle(share(333))).toBeCloseTo(333, 6)
    expect(wallLengths(duct).at(-1)).toBeGreaterThan(35)
  })
})

describe('a target', () => {
  it('is met by the insertion it asks for', () => {
    const { insertion, isReached } = insertionFor(duct, flex, { angle: 400 })
    expect(isReached).toBe(true)
    expect(insideOf(flex, insertion)[0]?.angle).toBeCloseTo(400, 0)
    const share = insertionFor(duct, flex, { percent: 50 })
    expect(tonotopyOf(duct).share(share.angle)).toBeCloseTo(0.5, 6)
  })

  it('is not met beyond the array or beyond the turns', () => {
    expect(insertionFor(duct, findArray('l24'), { angle: 600 }).isReached).toBe(false)
    expect(insertionFor(duct, flex, { angle: 950 })).toEqual({ angle: 950, insertion: undefined, isReached: false })
  })
})
