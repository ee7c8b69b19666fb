import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringUntil, levelIn, sectionAt } from '../lumen.ts'
import type { FoundContact } from './found-electrode.ts'

/** Contacts farther out (1 is the wall) are outside the lumen beyond what its outline is off by. */
const outsideLumen = 1.8

/** What a reader must know of where contacts lie. @param contacts the most apical first */
export function remarksOn(contacts: readonly FoundContact[], duct: CochlearDuct): string[] {
  const outside = contacts.filter(({ inside }) => inside === undefined).length
  const angles = contacts.flatMap(({ inside }) => inside?.angle ?? [])
  return [
    ...(outside > 0 ? [`${outside} of ${contacts.length} contacts lie outside the cochlea.`] : []),
    ...(contacts.some((contact) => leavesLumen(contact, duct))
      ? ['The metal leaves the outline of the cochlea in places: its outline or the course may be wrong there.']
      : []),
    ...(angles.some((angle, n) => angle >= (angles[n - 1] ?? Number.POSITIVE_INFINITY))
      ? ['Contacts do not follow each other along the turns: check their order, or whether the array is folded over.']
      : [])
  ]
}

/** Nearer to the round window an array is on its way from the window's middle, which no section holds. */
function leavesLumen({ inside, position }: FoundContact, duct: CochlearDuct): boolean {
  if (inside === undefined || inside.angle < enteringUntil) return false
  return levelIn(sectionAt(duct, inside.angle), cochlearPlace(duct.frame, position)) > outsideLumen
}
