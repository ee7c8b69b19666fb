import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, distance, scale, type Vector3 } from '../../../src/core/math/vector.ts'
import { findArray } from '../../../src/electrode/catalogue.ts'
import type { FoundElectrode } from '../../../src/implant/find/found-electrode.ts'
import { moveContact, placeContact, placeContacts } from '../../../src/implant/find/place-contacts.ts'
import { knownDuct } from '../known-duct.ts'
import { knownElectrode } from '../known-electrode.ts'

const turns = { duct: knownDuct(), remarks: [] }
const electrode = knownElectrode()
const middle = electrode.contacts[5] ?? expect.unreachable()

const small = fc.double({ min: -0.4, max: 0.4, noNaN: true })

describe('contacts as the turns have them', () => {
  it('have the angle, depth and frequency that a plan gives them', () => {
    const placed = placeContacts(electrode, turns)
    expect(placed.contactRemarks).toEqual([])
    for (const [n, { inside, ...contact }] of placed.contacts.entries()) {
      const { inside: planned, ...same } = electrode.contacts[n] ?? expect.unreachable()
      if (inside === undefined || planned === undefined) return expect.unreachable()
      expect(contact).toEqual(same)
      expect(inside.angle).toBeCloseTo(planned.angle, 6)
      expect(inside.frequency).toBeCloseTo(planned.frequency, 6)
      expect(Math.abs(inside.depth - planned.depth)).toBeLessThan(0.15)
    }
  })

  it('get angles from other turns, with the remarks on these; their places are unchanged', () => {
    const other = placeContacts(electrode, { duct: knownDuct(1.1), remarks: ['These are others.'] })
    expect(other.contacts.map(({ position }) => position)).toEqual(electrode.contacts.map(({ position }) => position))
    expect(other.contactRemarks).toContain('These are others.')
  })
})

describe('a contact that a person moves', () => {
  it('is by hand, stays in its turn, and is deeper by about what it went on along the turns; no other moves', () => {
    fc.assert(
      fc.property(fc.tuple(small, small, small), fc.integer({ min: 2, max: 10 }), (by, order) => {
        const from = electrode.contacts[order - 1] ?? expect.unreachable()
        const to = add(from.position, by as Vector3)
        const moved = moveContact(electrode, order, to, turns)
        const contact = moved.contacts[order - 1] ?? expect.unreachable()
        expect(contact).toMatchObject({ order, position: to, byHand: true, confidence: 1 })
        const way = distance(to, from.position)
        expect(Math.abs((contact.inside?.angle ?? 1e9) - (from.inside?.angle ?? 0))).toBeLessThan(60 * way + 1)
        expect(Math.abs((contact.inside?.depth ?? 1e9) - (from.inside?.depth ?? 0))).toBeLessThan(2 * way + 0.15)
        expect(moved.contacts.filter(({ byHand }) => byHand)).toHaveLength(1)
      })
    )
  })

  it('and back is where it was', () => {
    const there = moveContact(electrode, 6, add(middle.position, [0.3, 0.2, 0.1]), turns)
    const back = moveContact(there, 6, middle.position, turns).contacts[5]
    expect(back?.position).toEqual(middle.position)
    expect(back?.inside?.angle).toBeCloseTo(middle.inside?.angle ?? 0, 6)
  })

  it('out of the cochlea has no angle any more, which is said, and comes in again at the round window', () => {
    const last = electrode.contacts.length
    const out = moveContact(electrode, last, [5, -3, -1], turns)
    expect(out.contacts[last - 1]).not.toHaveProperty('inside')
    expect(out.contactRemarks).toEqual([`1 of ${last} contacts lie outside the cochlea.`])
    const again = moveContact(out, last, electrode.contacts[last - 1]?.position ?? [0, 0, 0], turns)
    expect(again.contacts[last - 1]?.inside?.angle).toBeCloseTo(electrode.contacts[last - 1]?.inside?.angle ?? 0, 6)
    expect(again.contactRemarks).toEqual([])
  })

  it('before the one beside it gets a remark: the order is to be checked', () => {
    const beyond = electrode.contacts[4]?.position ?? expect.unreachable()
    const before = electrode.contacts[3]?.position ?? expect.unreachable()
    const moved = moveContact(electrode, 6, add(scale(beyond, 0.5), scale(before, 0.5)), turns)
    expect(moved.contactRemarks.join()).toMatch(/do not follow each other/)
  })

  it('as the last of all leaves nothing of what was doubtful of how they were found', () => {
    const all = electrode.contacts.reduce(
      (now, { order, position }) => moveContact(now, order, add(position, [0.05, 0, 0]), turns),
      electrode
    )
    expect(electrode.remarks).not.toEqual([])
    expect(all.remarks).toEqual([])
  })
})

describe('contacts that a person places where none was found', () => {
  const { array } = electrode

  it('have the angle, depth and frequency that a plan gives them, in whichever turn they lie and order they come', () => {
    const orders = electrode.contacts.map(({ order }) => order)
    fc.assert(
      fc.property(fc.shuffledSubarray(orders, { minLength: orders.length }), (shuffled) => {
        const placed = shuffled.reduce<FoundElectrode | undefined>((before, order) => {
          const { position } = electrode.contacts[order - 1] ?? expect.unreachable()
          return placeContact(before ?? array, order, position, turns)
        }, undefined)
        expect(placed?.contactRemarks).toEqual([])
        for (const [n, { order, inside, byHand }] of (placed?.contacts ?? []).entries()) {
          const planned = electrode.contacts[n]
          expect([order, byHand]).toEqual([planned?.order, true])
          expect(inside?.angle).toBeCloseTo(planned?.inside?.angle ?? 0, 6)
          expect(Math.abs((inside?.depth ?? 0) - (planned?.inside?.depth ?? 0))).toBeLessThan(0.15)
          expect(inside?.frequency).toBeCloseTo(planned?.inside?.frequency ?? 0, 6)
        }
      }),
      { numRuns: 10 }
    )
  })

  it('lie as deep as others between them would have them, though these are missing', () => {
    for (const order of [1, 3, 6]) {
      const { position, inside } = electrode.contacts[order - 1] ?? expect.unreachable()
      const [alone] = placeContact(array, order, position, turns).contacts
      expect(Math.abs((alone?.inside?.depth ?? 0) / (inside?.depth ?? 1) - 1)).toBeLessThan(0.05)
    }
  })

  it('have the number that the maker gives them', () => {
    const numbers = ['ci632', 'flex28'].map((id) => {
      const one = findArray(id)
      return [one.numberedFrom, placeContact(one, 2, [1, 2, 3], turns).contacts[0]?.number]
    })
    expect(numbers).toEqual([
      ['base', 21],
      [undefined, undefined]
    ])
  })

  it('are said to be few while others are missing, and outside the cochlea have no angle', () => {
    const one = placeContact(array, 1, electrode.contacts[0]?.position ?? expect.unreachable(), turns)
    expect(one).toMatchObject({ array, isGiven: true, alternatives: [] })
    expect(one.contactRemarks).toEqual([`Only 1 of the ${array.contacts} contacts of the ${array.model} are placed.`])
    const two = placeContact(one, array.contacts, [6, -4, 0], turns)
    expect(two.contacts[1]).not.toHaveProperty('inside')
    expect(two.contactRemarks).toContain('1 of 2 contacts lie outside the cochlea.')
  })

  it('are said to be numbered wrongly where one between them was passed over, and where the array is another', () => {
    const place = (into: typeof array, orders: readonly number[]): string =>
      orders
        .reduce<FoundElectrode | undefined>((before, from, n) => {
          const { position } = electrode.contacts[from - 1] ?? expect.unreachable()
          return placeContact(before ?? into, n + 1, position, turns)
        }, undefined)
        ?.contactRemarks.join() ?? ''
    expect(place(array, [1, 2, 3, 4, 5])).not.toContain('apart')
    expect(place(array, [1, 2, 4, 5, 6])).toContain(
      `Contacts 2 and 3 from the apex do not lie ${array.spacing} mm apart`
    )
    expect(place({ ...array, spacing: 2.5 * array.spacing }, [1, 2, 3])).toContain('Contacts 1 and 2, 2 and 3')
  })
})
