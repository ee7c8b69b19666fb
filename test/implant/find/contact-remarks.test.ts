import { describe, expect, it } from 'vitest'
import { findArray } from '../../../src/electrode/catalogue.ts'
import { remarksOn } from '../../../src/implant/find/contact-remarks.ts'
import type { FoundContact } from '../../../src/implant/find/found-electrode.ts'
import { planArray } from '../../../src/implant/plan/plan-array.ts'
import { knownDuct } from '../known-duct.ts'

const duct = knownDuct()
const flex24 = findArray('flex24')

function placed(insertion: number): FoundContact[] {
  return planArray(duct, flex24, insertion, undefined).contacts.map(({ inside }, n): FoundContact => {
    if (inside === undefined) return { order: n + 1, position: [6, -4, 0], confidence: 1 }
    const { position, angle } = inside
    return { order: n + 1, position, confidence: 1, inside: { angle, depth: 1, frequency: 1000 } }
  })
}

/** Moved away from the axis, mm. */
function moved(contacts: readonly FoundContact[], at: number, mm: number): FoundContact[] {
  return contacts.map((contact, n) => {
    const [x, y, z] = contact.position
    const radius = Math.hypot(x, y)
    return n === at ? { ...contact, position: [x + (mm * x) / radius, y + (mm * y) / radius, z] } : contact
  })
}

describe('remarks on placed contacts', () => {
  it('are none of an array that lies as it should', () => {
    expect(remarksOn(placed(24), duct)).toEqual([])
  })

  it('say how many contacts lie outside the cochlea', () => {
    const contacts = placed(14)
    const outside = contacts.filter(({ inside }) => inside === undefined).length
    expect(outside).toBeGreaterThan(0)
    expect(remarksOn(contacts, duct)).toContain(`${outside} of 12 contacts lie outside the cochlea.`)
  })

  it('say where an array bends more sharply than the turns, and where it leaves the lumen', () => {
    const remarks = remarksOn(moved(placed(24), 5, 1.4), duct).join(' ')
    expect(remarks).toMatch(/bends sharply at contact 6 from the apex/)
    expect(remarks).toMatch(/leaves the outline of the cochlea/)
    expect(remarksOn(moved(placed(24), 5, 0.2), duct)).toEqual([])
  })
})
