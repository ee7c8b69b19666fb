import type { Vector3 } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'

/** One contact found in a scan. */
export interface FoundContact {
  /** Counted from the apex, from 1. */
  readonly order: number
  /** The manufacturer's number, where its numbering is known. */
  readonly number?: number
  /** LPS mm. */
  readonly position: Vector3
  /** 0 to 1, a score and no probability: how clearly the contact is seen × the array's score. */
  readonly confidence: number
  /** A person placed it, so that its confidence is no score. */
  readonly byHand?: true
  /** Degrees, mm through the contacts from the middle of the round window, and Hz; absent outside the cochlea. */
  readonly inside?: { readonly angle: number; readonly depth: number; readonly frequency: number }
}

/** An array whose contacts were placed. While a person places them, some may be missing. */
export interface FoundElectrode {
  readonly status: 'found'
  readonly array: ElectrodeArray
  /** Whether the array was named by the user; otherwise it was recognised by the spacing of its contacts. */
  readonly isGiven: boolean
  /** Other arrays whose contacts would have nearly the same places. */
  readonly alternatives: readonly ElectrodeArray[]
  /** 0 to 1, a score and no probability: how well the array fits the metal; 1 where none was found and a person placed it. */
  readonly score: number
  readonly contacts: readonly FoundContact[]
  /** Remarks on how the array was found, and on the places of its contacts. */
  readonly remarks: readonly string[]
  readonly contactRemarks: readonly string[]
}

/** Metal in a cochlea whose contacts were not placed. */
export interface ElectrodeNotFound {
  readonly status: 'not found'
  readonly reason: string
  /** Degrees at which the metal ends; absent where none is seen along the turns. */
  readonly endAngle?: number
}
