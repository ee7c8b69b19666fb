import type { Vector3 } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'

/** An array whose contacts were placed in a scan. */
export interface PlacedArray {
  readonly array: ElectrodeArray
  /** Others whose contacts would lie nearly the same. */
  readonly alternatives: readonly ElectrodeArray[]
  /** 0 to 1, a score and no probability: how well the array fits the metal. */
  readonly score: number
  /** The most apical first. */
  readonly contacts: readonly PlacedContact[]
  /** What a reader must know of how they were placed. */
  readonly doubts: readonly string[]
}

export interface PlacedContact {
  /** LPS mm. */
  readonly position: Vector3
  /** Degrees from the round window, going on through the turns; undefined outside the cochlea. */
  readonly angle: number | undefined
  /** 0 to 1: how clearly the contact is seen. */
  readonly seen: number
}

/** Arrays of as many contacts whose spacings differ by less than this share place contacts nearly the same. */
const sameSpacing = 0.04

export function isAlike(a: ElectrodeArray, b: ElectrodeArray): boolean {
  return a.contacts === b.contacts && Math.abs(a.spacing / b.spacing - 1) < sameSpacing
}

/** Said of an array whose tip may lie twice beside itself. */
export const mayBeFolded =
  'The tip may be folded over, which fits nearly as well: then contacts lie a spacing or more from where they are placed.'

export function shiftDoubt({ spacing }: ElectrodeArray): string {
  return `All contacts may lie one spacing (${spacing.toFixed(1)} mm) farther in or out: that fits nearly as well.`
}
