import type { Vector3 } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'

/** An array whose contacts were placed in a scan. */
export interface PlacedArray {
  readonly array: ElectrodeArray
  /** Other arrays whose contacts would have nearly the same places. */
  readonly alternatives: readonly ElectrodeArray[]
  /** 0 to 1, a score and no probability: how well the array fits the metal. */
  readonly score: number
  /** The most apical first. */
  readonly contacts: readonly PlacedContact[]
  /** Doubts about how they were placed, as sentences for the reader. */
  readonly doubts: readonly string[]
  /** How likely it is that the tip is folded over, as judged by the methods that placed the contacts. */
  readonly folded: 'likely' | 'possible' | 'unlikely'
}

export interface PlacedContact {
  /** LPS mm. */
  readonly position: Vector3
  /** Degrees from the round window, going on through the turns; undefined outside the cochlea. */
  readonly angle: number | undefined
  /** 0 to 1: how clearly the contact is visible. */
  readonly seen: number
}

/** Arrays with equally many contacts whose spacings differ by less than this share have contacts at nearly the same places. */
const sameSpacing = 0.04

export function isAlike(a: ElectrodeArray, b: ElectrodeArray): boolean {
  return a.contacts === b.contacts && Math.abs(a.spacing / b.spacing - 1) < sameSpacing
}

/** The doubt about an array whose tip may be folded over. */
export const mayBeFolded =
  'The tip may be folded over, which fits about as well or better; contacts would then lie one spacing or more from where they are placed.'

/** The doubt about metal that is no denser than bone. */
export const isFaint =
  'The metal is hardly denser than bone, as in a blurred scan: places are less certain. Check that an array was implanted.'

/** The doubt about contacts in a scan that does not show all turns. */
export const isCut =
  'Part of the cochlea lies outside the scan: contacts there are not seen, and all others may lie farther in or out than they are placed.'

export function shiftDoubt({ spacing }: ElectrodeArray): string {
  return `All contacts may lie one spacing (${spacing.toFixed(1)} mm) farther in or out: that fits nearly as well.`
}

/** The doubt about a named array where the metal fits another one clearly better. */
export function otherArrayDoubt({ model }: ElectrodeArray): string {
  return `The metal fits the ${model} better: it may be another array. Check which one was implanted.`
}
