import { degrees } from '../../core/math/angle.ts'
import { distance, type Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { contactNumbers } from '../../electrode/contacts.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringSection, enteringUntil, highestLevel, levelIn } from '../lumen.ts'
import { tonotopyOf } from '../tonotopy.ts'
import { remarksOn } from './contact-remarks.ts'
import { depthsOf } from './depths.ts'
import type { FoundContact, FoundElectrode } from './found-electrode.ts'
import { lumenPlaces } from './lumen-places.ts'

/** The turns that contacts are told by, and what a reader must know of these. */
export interface ElectrodeTurns {
  readonly duct: CochlearDuct
  readonly remarks: readonly string[]
}

/**
 * An array with one contact elsewhere, where a person put it.
 * @param order of the contact, from 1 at the apex
 * @param position LPS mm
 */
export function moveContact(
  electrode: FoundElectrode,
  order: number,
  position: Vector3,
  turns: ElectrodeTurns
): FoundElectrode {
  const contacts = electrode.contacts.map((contact) =>
    contact.order === order ? { ...contact, position, confidence: 1, byHand: true as const } : contact
  )
  return placeContacts({ ...electrode, contacts }, turns)
}

/**
 * An array with one more contact, where a person put it: in the turn whose lumen it lies deepest in.
 * @param into the array with the contacts that are placed, or one of which none is
 * @param order of the contact, from 1 at the apex, not placed yet
 * @param position LPS mm
 */
export function placeContact(
  into: FoundElectrode | ElectrodeArray,
  order: number,
  position: Vector3,
  turns: ElectrodeTurns
): FoundElectrode {
  const electrode = 'status' in into ? into : unplaced(into)
  const [lumen] = lumenPlaces(turns.duct, position).toSorted((a, b) => a.level - b.level)
  const contact: FoundContact = { ...contactNumbers(electrode.array, order - 1), position, confidence: 1, byHand: true }
  const contacts = [...electrode.contacts, contact].toSorted((a, b) => a.order - b.order)
  const turn = lumen !== undefined && lumen.angle >= 0 ? lumen.angle : undefined
  return placedIn({ ...electrode, contacts }, turns, (one) => (one === contact ? turn : one.inside?.angle))
}

function unplaced(array: ElectrodeArray): FoundElectrode {
  return {
    status: 'found',
    array,
    isGiven: true,
    alternatives: [],
    score: 1,
    contacts: [],
    remarks: [],
    contactRemarks: []
  }
}

/** An array whose contacts keep their places, with angle, depth and frequency of each as these turns have them. */
export function placeContacts(electrode: FoundElectrode, turns: ElectrodeTurns): FoundElectrode {
  return placedIn(electrode, turns, ({ inside }) => inside?.angle)
}

/** @param turnOf an angle in the turn that a contact is in, degrees; undefined for one outside the cochlea */
function placedIn(
  electrode: FoundElectrode,
  { duct, remarks }: ElectrodeTurns,
  turnOf: (contact: FoundContact) => number | undefined
): FoundElectrode {
  const tonotopy = tonotopyOf(duct)
  const angles = electrode.contacts.map((contact) => angleOf(contact.position, turnOf(contact), duct))
  const depths = depthsOf(
    electrode.contacts.map(({ position }, n) => ({ position, angle: angles[n] })),
    duct
  )
  const contacts = electrode.contacts.map(({ inside: _, ...contact }, n): FoundContact => {
    const [angle, depth] = [angles[n], depths[n]]
    if (angle === undefined || depth === undefined) return contact
    return { ...contact, inside: { angle, depth, frequency: tonotopy.frequency(angle) } }
  })
  return {
    ...electrode,
    contacts,
    // Of contacts that a person placed, all of them, how they were found says nothing any more.
    remarks: contacts.every(({ byHand }) => byHand) ? [] : electrode.remarks,
    contactRemarks: [
      ...missingOf(electrode),
      ...unevenIn(electrode.array, contacts),
      ...remarksOn(contacts, duct),
      ...remarks
    ]
  }
}

/** That contacts are missing, of an array that a person places. */
function missingOf({ array, contacts }: FoundElectrode): string[] {
  if (contacts.length >= array.contacts) return []
  return [`Only ${contacts.length} of the ${array.contacts} contacts of the ${array.model} are placed.`]
}

/**
 * Two neighbours whose distance is off by more than this share of the array's spacing, and more than so many mm, as clicks may be: one
 * between them was passed over, or the array is another.
 */
const uneven = { share: 0.5, mm: 0.6 }

/** That neighbours in the cochlea of which a person placed one lie otherwise apart than on the array. */
function unevenIn({ spacing, model }: ElectrodeArray, contacts: readonly FoundContact[]): string[] {
  const pairs = contacts.slice(1).flatMap((contact, n) => {
    const before = contacts[n] as FoundContact
    const isOwn = before.byHand === true || contact.byHand === true
    const areInside = before.inside !== undefined && contact.inside !== undefined
    if (contact.order !== before.order + 1 || !isOwn || !areInside) return []
    const off = Math.abs(distance(before.position, contact.position) - spacing)
    return off > Math.max(uneven.mm, uneven.share * spacing) ? [`${before.order} and ${contact.order}`] : []
  })
  if (pairs.length === 0) return []
  return [
    `Contacts ${pairs.join(', ')} from the apex do not lie ${spacing} mm apart, as on the ${model}: check their numbers, or whether the array is another.`
  ]
}

/** A contact that was inside leaves the cochlea so many degrees before the round window, and beyond this level of a section. */
const leaving = { angle: -5, level: 1.5 * highestLevel }

/**
 * Degrees of a contact, going on through the turns; undefined outside the cochlea. It is in the turn it was in, or the one nearest
 * to that; one that was outside comes in at the round window.
 */
function angleOf(position: Vector3, turn: number | undefined, duct: CochlearDuct): number | undefined {
  const place = cochlearPlace(duct.frame, position)
  const about = degrees(place.angle)
  const angle = about + 360 * Math.round(((turn ?? 0) - about) / 360)
  const limit = turn === undefined ? { angle: 0, level: highestLevel } : leaving
  if (angle < limit.angle) return undefined
  const within = Math.max(0, angle)
  const isFarIn = turn !== undefined && within >= enteringUntil
  return isFarIn || levelIn(enteringSection(duct, within), place) <= limit.level ? within : undefined
}
