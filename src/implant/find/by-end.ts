import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { contactsAlong, foldByTip, metalAtTip, tooFarOut } from './along-track.ts'
import { endOfMetal } from './end-of-metal.ts'
import type { MetalProfile } from './metal-profile.ts'
import type { PlacedArray } from './placed-array.ts'
import { type Track, trackStep } from './track.ts'

/**
 * Share of the densities' variance that the end of the metal must explain, and by how much the line must be denser than what lies beyond
 * it (HU). In 137 generated arrays with true outlines, three ends lay wrong by more than 1 mm; they explained 0.44 to 0.66, as few right
 * ones do: 17 explain less than `clearEnd`. Where outlines are found under the metal, bone beyond the tip is taken off less well, and right ends
 * explain down to 0.47. Below `clearEnd` there is a remark.
 */
const least = { explained: 0.45, drop: 400 }
export const clearEnd = 0.75

/**
 * Places the contacts of a named array that merge into a line: the most apical one by the end of the metal, the others from there on along
 * the track by the array's spacing.
 * @param explained share of the densities' variance that the end of the metal must explain
 * @returns the reason, as a text, where none is placed
 */
export function placeByEnd(
  track: Track,
  metal: MetalProfile,
  duct: CochlearDuct,
  array: ElectrodeArray,
  explained = least.explained
): PlacedArray | string {
  const end = endOfMetal(track, array.spacing)
  if (end === undefined || end.explained < explained || end.drop < least.drop) {
    return `the metal in the cochlea does not look like the ${array.model}`
  }
  const steps = Array.from({ length: array.contacts }, (_, n) => end.tip - (n * array.spacing) / trackStep)
  const contacts = contactsAlong(track, metal, steps, duct)
  const doubts = end.explained < clearEnd ? [merged, unclear] : [merged]
  return (
    tooFarOut(contacts, array) ?? {
      array,
      alternatives: [],
      score: end.explained,
      contacts,
      doubts,
      folded: foldByTip(metalAtTip(track, end.tip))
    }
  )
}

const merged =
  'Contacts are not visible one by one: their places follow from the end of the metal and the spacing of the array. Check which one was implanted.'

const unclear = 'Where the metal ends is not clear: all contacts may lie farther in or out.'
