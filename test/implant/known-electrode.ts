import { findArray } from '../../src/electrode/catalogue.ts'
import type { FoundElectrode } from '../../src/implant/find/found-electrode.ts'
import { planArray } from '../../src/implant/plan/plan-array.ts'
import { knownDuct } from './known-duct.ts'

/** An array as it lies in the known duct, as if it had been found there. */
export function knownElectrode(insertion = 24): FoundElectrode {
  const array = findArray('flex24')
  const { contacts } = planArray(knownDuct(), array, insertion, undefined)
  return {
    status: 'found',
    array,
    isGiven: true,
    alternatives: [],
    score: 0.9,
    contacts: contacts.flatMap(({ order, depth, inside }) => {
      if (inside === undefined) return []
      const { angle, frequency, position } = inside
      return [{ order, number: order, position, confidence: 0.8, inside: { angle, depth, frequency } }]
    }),
    remarks: ['All contacts may lie one spacing (1.9 mm) farther in or out: that fits nearly as well.'],
    contactRemarks: []
  }
}
