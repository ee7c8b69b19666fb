import { degrees } from '../../core/math/angle.ts'
import { distance, dot, norm, normalize, subtract } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringUntil, levelIn, sectionAt } from '../lumen.ts'
import type { FoundContact } from './found-electrode.ts'

/** Contacts farther out (1 is the wall) are outside the lumen beyond what its outline is off by. */
const outsideLumen = 1.8

/** What a reader must know of where contacts lie. @param contacts the most apical first */
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
 * An array that bends by so much more (°) than the turns, over so many mm to either side, may be kinked. Of 640 places of generated
 * arrays one bends by more.
 */
const kink = { degrees: 45, mm: 1.2 }

/** Numbers from the apex, from 1, of the contacts at which the array bends more than the turns do. */
function kinkedAt(contacts: readonly FoundContact[], duct: CochlearDuct): number[] {
  return contacts.flatMap(({ order, position, inside }, n) => {
    const isFar = ({ position: other }: FoundContact): boolean => distance(other, position) >= kink.mm
    const [before, after] = [contacts.slice(0, n).findLast(isFar), contacts.slice(n + 1).find(isFar)]
    if (inside === undefined || inside.angle < enteringUntil || !before || !after) return []
    const [there, on] = [subtract(position, before.position), subtract(after.position, position)]
    const bend = Math.acos(Math.max(-1, Math.min(1, dot(normalize(there), normalize(on)))))
    const expected = (norm(there) + norm(on)) / 2 / Math.max(1, cochlearPlace(duct.frame, position).radius)
    return degrees(bend - expected) > kink.degrees ? [order] : []
  })
}

/** Nearer to the round window an array is on its way from the window's middle, which no section holds. */
function leavesLumen({ inside, position }: FoundContact, duct: CochlearDuct): boolean {
  if (inside === undefined || inside.angle < enteringUntil) return false
  return levelIn(sectionAt(duct, inside.angle), cochlearPlace(duct.frame, position)) > outsideLumen
}
