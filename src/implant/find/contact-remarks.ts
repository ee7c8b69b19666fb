import { degrees, radiansBetween } from '../../core/math/angle.ts'
import { distance, norm, normalize, subtract } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringUntil, levelIn, sectionAt } from '../lumen.ts'
import type { FoundContact } from './found-electrode.ts'

/** Contacts above this level (`levelIn`; 1 is the wall) lie outside the lumen by more than the usual error of its outline. */
const maxLevel = 1.8

/** Remarks on implausible places of contacts. @param contacts the most apical first */
export function remarksOn(contacts: readonly FoundContact[], duct: CochlearDuct): string[] {
  const outside = contacts.filter(({ inside }) => inside === undefined).length
  const kinked = kinkedAt(contacts, duct)
  const angles = contacts.flatMap(({ inside }) => inside?.angle ?? [])
  return [
    ...(outside > 0 ? [`${outside} of ${contacts.length} contacts lie outside the cochlea.`] : []),
    ...(contacts.some((contact) => leavesLumen(contact, duct))
      ? ['The metal leaves the outline of the cochlea in places: its outline or the course may be wrong there.']
      : []),
    ...(angles.some((angle, n) => angle >= (angles[n - 1] ?? Number.POSITIVE_INFINITY))
      ? ['Contacts do not follow each other along the turns: check their order, or whether the array is folded over.']
      : []),
    ...(kinked.length > 0
      ? [
          `The array bends sharply at contact ${kinked.join(', ')} from the apex: it may be kinked, or contacts are misplaced.`
        ]
      : [])
  ]
}

/**
 * An array may be kinked where it bends by this much more (°) than the turns, measured over this distance (mm) to either side. One
 * of 640 places of generated arrays exceeds it.
 */
const kink = { degrees: 45, mm: 1.2 }

/** The contacts at which the array may be kinked, numbered from 1 at the apex. */
function kinkedAt(contacts: readonly FoundContact[], duct: CochlearDuct): number[] {
  return contacts.flatMap(({ order, position, inside }, n) => {
    const isFar = ({ position: other }: FoundContact): boolean => distance(other, position) >= kink.mm
    const [before, after] = [contacts.slice(0, n).findLast(isFar), contacts.slice(n + 1).find(isFar)]
    if (inside === undefined || inside.angle < enteringUntil || !before || !after) return []
    const [to, from] = [subtract(position, before.position), subtract(after.position, position)]
    const bend = radiansBetween(normalize(to), normalize(from))
    const expected = (norm(to) + norm(from)) / 2 / Math.max(1, cochlearPlace(duct.frame, position).radius)
    return degrees(bend - expected) > kink.degrees ? [order] : []
  })
}

/** Whether a contact lies outside the outline. Not judged near the round window, where the array crosses from the window's middle. */
function leavesLumen({ inside, position }: FoundContact, duct: CochlearDuct): boolean {
  if (inside === undefined || inside.angle < enteringUntil) return false
  return levelIn(sectionAt(duct, inside.angle), cochlearPlace(duct.frame, position)) > maxLevel
}
