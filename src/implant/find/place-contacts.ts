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

/** The turns that give contacts their angles, and remarks on how those turns were obtained. */
export interface ElectrodeTurns {
  readonly duct: CochlearDuct
  readonly remarks: readonly string[]
}

/**
 * An array with one contact moved to where a person put it.
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
 * An array with one more contact, placed by a person. It is assigned to the turn whose lumen it lies deepest in.
 * @param into the array with its contacts so far, or one without any
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

/** Computes angle, depth and frequency of each contact anew, for these turns; places are kept. */
export function placeContacts(electrode: FoundElectrode, turns: ElectrodeTurns): FoundElectrode {
  return placedIn(electrode, turns, ({ inside }) => inside?.angle)
}

/** @param turnOf an angle (°) within the turn that a contact is in; undefined for a contact outside the cochlea */
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
    // Remarks on how the array was found do not apply once a person has placed all contacts.
    remarks: contacts.every(({ byHand }) => byHand) ? [] : electrode.remarks,
    contactRemarks: [
      ...missingOf(electrode),
      ...unevenIn(electrode.array, contacts),
      ...remarksOn(contacts, duct),
      ...remarks
    ]
  }
}

/** A remark where contacts are missing, as while a person places them. */
function missingOf({ array, contacts }: FoundElectrode): string[] {
  if (contacts.length >= array.contacts) return []
  return [`Only ${contacts.length} of the ${array.contacts} contacts of the ${array.model} are placed.`]
}

/**
 * Maximum error of the distance of two neighbours: the greater of a share of the array's spacing, and the error of clicks in mm. Above
 * it a contact between them was probably left out, or the array is another.
 */
const uneven = { share: 0.5, mm: 0.6 }

/** A remark on neighbours in the cochlea, at least one placed by a person, whose distance does not match the array's spacing. */
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

/** A contact that was inside still counts as inside down to this angle (°), and up to this level of a section (`levelIn`). */
const leaving = { angle: -5, level: 1.5 * highestLevel }

/**
 * Angle (°) of a contact, counted on through the turns; undefined outside the cochlea. Of the angles a turn apart that are possible,
 * the one nearest to its former angle is taken; for a contact that was outside, the one nearest to the round window.
 * @param turn its former angle, °; undefined if it was outside
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
