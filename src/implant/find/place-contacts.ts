import { degrees } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import { type ElectrodeArray, makersNumber } from '../../electrode/array.ts'
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
  const number = makersNumber(electrode.array, order - 1)
  const [lumen] = lumenPlaces(turns.duct, position).toSorted((a, b) => a.level - b.level)
  const contact: FoundContact = {
    order,
    ...(number !== undefined && { number }),
    position,
    confidence: 1,
    byHand: true,
    // Depth and frequency follow from the angle, with those of the others.
    ...(lumen !== undefined && lumen.angle >= 0 && { inside: { angle: lumen.angle, depth: 0, frequency: 0 } })
  }
  const contacts = [...electrode.contacts, contact].toSorted((a, b) => a.order - b.order)
  return placeContacts({ ...electrode, contacts }, turns)
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
export function placeContacts(electrode: FoundElectrode, { duct, remarks }: ElectrodeTurns): FoundElectrode {
  const tonotopy = tonotopyOf(duct)
  const angles = electrode.contacts.map((contact) => angleOf(contact, duct))
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
    contactRemarks: [...missingOf(electrode), ...remarksOn(contacts, duct), ...remarks]
  }
}

/** That contacts are missing, of an array that a person places. */
function missingOf({ array, contacts }: FoundElectrode): string[] {
  if (contacts.length >= array.contacts) return []
  return [`Only ${contacts.length} of the ${array.contacts} contacts of the ${array.model} are placed.`]
}

/** A contact that was inside leaves the cochlea so many degrees before the round window, and beyond this level of a section. */
const leaving = { angle: -5, level: 1.5 * highestLevel }

/**
 * Degrees of a contact, going on through the turns; undefined outside the cochlea. It is in the turn it was in, or the one nearest
 * to that; one that was outside comes in at the round window.
 */
function angleOf({ inside, position }: FoundContact, duct: CochlearDuct): number | undefined {
  const place = cochlearPlace(duct.frame, position)
  const about = degrees(place.angle)
  const angle = about + 360 * Math.round(((inside?.angle ?? 0) - about) / 360)
  const limit = inside === undefined ? { angle: 0, level: highestLevel } : leaving
  if (angle < limit.angle) return undefined
  const within = Math.max(0, angle)
  const isFarIn = inside !== undefined && within >= enteringUntil
  return isFarIn || levelIn(enteringSection(duct, within), place) <= limit.level ? within : undefined
}
