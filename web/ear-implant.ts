import { distance, type Vector3 } from '../src/core/math/vector.ts'
import type { ElectrodeArray } from '../src/electrode/array.ts'
import type { ElectrodeCorrection } from '../src/implant/find/find-in-ears.ts'
import type { ElectrodeNotFound, FoundContact, FoundElectrode } from '../src/implant/find/found-electrode.ts'
import { type ElectrodeTurns, moveContact, placeContact, placeContacts } from '../src/implant/find/place-contacts.ts'
import type { EarId } from './ear-id.ts'

/** What a search for an electrode array gave; null where there is no metal in the cochlea. */
export type SearchedElectrode = FoundElectrode | ElectrodeNotFound | null

/** The worker's answer about the array in one ear. */
export interface ImplantAnswer {
  readonly searched: SearchedElectrode
  /** Null where the ear has none. */
  readonly turns: ElectrodeTurns | null
}

/** The electrode array in an ear, as it was found and as a person left it. */
export interface EarImplant extends ImplantAnswer {
  /** The array that was searched for; null where it was to be determined by its spacing. */
  readonly searchedFor: ElectrodeArray | null
  readonly correction: ElectrodeCorrection
}

/** What a person did to the array of an ear: named it, or placed a contact. */
export interface ElectrodeChange {
  readonly what: 'electrode'
  readonly ear: EarId
  readonly from: ElectrodeCorrection
  readonly to: ElectrodeCorrection
  /** The contact that was moved, and between which places (LPS mm), from null where it was not placed; null where the array was named. */
  readonly contact: { readonly order: number; readonly from: Vector3 | null; readonly to: Vector3 } | null
}

export const uncorrected: ElectrodeCorrection = { array: null, placed: null }

/** Of an ear of which nothing is said about arrays. */
export const noImplant: EarImplant = { searched: null, turns: null, searchedFor: null, correction: uncorrected }

/** An ear's array as it was found. */
export function implantAsFound(answer: ImplantAnswer): EarImplant {
  return { ...answer, searchedFor: null, correction: uncorrected }
}

/** An ear's array after the worker was asked for it as it is now. */
export function withAnswer(implant: EarImplant, { searched, turns }: ImplantAnswer): EarImplant {
  const { array, placed } = implant.correction
  return placed === null ? { ...implant, searched, searchedFor: array, turns } : { ...implant, turns }
}

/** The array as it is now; `searching` while it is searched for under another name. */
export function shownElectrode({
  searched,
  searchedFor,
  correction,
  turns
}: EarImplant): SearchedElectrode | 'searching' {
  const { array, placed } = correction
  if (placed !== null) return turns === null ? placed : placeContacts(placed, turns)
  return searchedFor?.id === array?.id ? searched : 'searching'
}

/** The contacts as they are now, the most apical first. */
export function contactsOf(implant: EarImplant): readonly FoundContact[] {
  const { placed } = implant.correction
  if (placed !== null) return placed.contacts
  const shown = shownElectrode(implant)
  return shown !== 'searching' && shown?.status === 'found' ? shown.contacts : []
}

/** Of how many contacts those on show are: the whole array's. */
export function contactCount(implant: EarImplant): number {
  const { placed } = implant.correction
  return placed?.array.contacts ?? contactsOf(implant).length
}

/** The contacts that a person may still place, since no array was found, counted from the apex; none where it is not named. */
export function missingContacts(implant: EarImplant): readonly number[] {
  const { array, placed } = implant.correction
  if (implant.turns === null) return []
  if (placed === null) {
    const shown = shownElectrode(implant)
    if (shown === 'searching' || shown?.status === 'found') return []
  }
  const known = new Set(placed?.contacts.map(({ order }) => order))
  const { contacts = 0 } = placed?.array ?? array ?? {}
  return Array.from({ length: contacts }, (_, n) => n + 1).filter((order) => !known.has(order))
}

/** Nearer (mm) to another no contact is placed: a click that came twice. */
const minDistance = 0.05

/** The change that places a contact which is missing; undefined where it is not, or where another one lies. */
export function placingChange(
  { id, implant }: { readonly id: EarId; readonly implant: EarImplant },
  order: number,
  to: Vector3
): ElectrodeChange | undefined {
  const { correction, turns } = implant
  const into = correction.placed ?? correction.array
  if (into === null || turns === null || !missingContacts(implant).includes(order)) return undefined
  if (contactsOf(implant).some(({ position }) => distance(position, to) < minDistance)) return undefined
  const placed = placeContact(into, order, to, turns)
  return {
    what: 'electrode',
    ear: id,
    from: correction,
    to: { ...correction, placed },
    contact: { order, from: null, to }
  }
}

/** The change that puts one contact elsewhere; undefined where there is none of that number. */
export function contactChange(
  ear: { readonly id: EarId; readonly implant: EarImplant },
  order: number,
  to: Vector3
): ElectrodeChange | undefined {
  const { correction, turns } = ear.implant
  const shown = shownElectrode(ear.implant)
  if (shown === 'searching' || shown?.status !== 'found' || turns === null) return undefined
  const from = shown.contacts.find((contact) => contact.order === order)?.position
  if (from === undefined) return undefined
  const placed = moveContact(shown, order, to, turns)
  return {
    what: 'electrode',
    ear: ear.id,
    from: correction,
    to: { ...correction, placed },
    contact: { order, from, to }
  }
}

/** The change that names the array, or says that it is not known; contacts are then searched for anew. */
export function namingChange(
  ear: { readonly id: EarId; readonly implant: EarImplant },
  array: ElectrodeArray | null
): ElectrodeChange {
  return { what: 'electrode', ear: ear.id, from: ear.implant.correction, to: { array, placed: null }, contact: null }
}

/** From the apex to the base. */
const colors = { apex: [255, 214, 64], base: [64, 200, 255] } as const

/** The colour of a contact, which distinguishes the apex from the base. @param order from 1 */
export function contactColor(order: number, count: number): readonly [number, number, number] {
  const share = count > 1 ? (order - 1) / (count - 1) : 0
  const mix = (at: 0 | 1 | 2): number => Math.round(colors.apex[at] + share * (colors.base[at] - colors.apex[at]))
  return [mix(0), mix(1), mix(2)]
}
