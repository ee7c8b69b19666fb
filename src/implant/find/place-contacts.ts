import { degrees } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringSection, enteringUntil, highestLevel, levelIn } from '../lumen.ts'
import { tonotopyOf } from '../tonotopy.ts'
import { remarksOn } from './contact-remarks.ts'
import { depthsOf } from './depths.ts'
import type { FoundContact, FoundElectrode } from './found-electrode.ts'

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
    contactRemarks: [...remarksOn(contacts, duct), ...remarks]
  }
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
