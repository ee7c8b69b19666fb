import { type LandmarkId, landmarkKinds } from '../../src/core/anatomy.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { FoundContact } from '../../src/implant/find/found-electrode.ts'
import type { Action } from '../action.ts'
import { contactChange, contactColor, contactCount, contactsOf } from '../ear-implant.ts'
import { type EarState, landmarkAt } from '../ear-state.ts'
import type { Look } from '../look.ts'

/** Something in an ear that a person moves: a landmark, or a contact of an electrode array. */
export interface Mark {
  readonly kind: 'landmark' | 'contact'
  /** Unlike that of any other mark of the ear. */
  readonly key: string
  /** What is written beside it, and what it is called. */
  readonly text: string
  readonly name: string
  readonly color: readonly [number, number, number]
  /** LPS mm. */
  readonly place: Vector3
  /** It is on its way to a place. */
  dragged(place: Vector3): Action
  /** It goes back to where it was: the hand gave up. */
  released(): Action
  /** It was put at a place. */
  changed(place: Vector3): Action
}

/** The marks of an ear that are shown. */
export function marksOf(ear: EarState, { hidden }: Pick<Look, 'hidden'>): Mark[] {
  const landmarks = ear.landmarks.filter(({ id }) => !hidden.includes(id))
  const contacts = hidden.includes('contacts') ? [] : contactsOf(ear.implant)
  const count = contactCount(ear.implant)
  return [
    ...contacts.map((contact) => contactMark(ear, contact, count)),
    ...landmarks.flatMap((landmark) => landmarkMark(ear, landmark) ?? [])
  ]
}

function landmarkMark({ id: ear }: EarState, from: Landmark): Mark | undefined {
  if (from.status !== 'defined') return undefined
  const { id } = from
  const { name, color } = kindOf(id)
  return {
    kind: 'landmark',
    key: id,
    text: name,
    name,
    color,
    place: from.position,
    dragged: (place) => ({ type: 'dragged', ear, landmark: landmarkAt(id, place) }),
    released: () => ({ type: 'dragged', ear, landmark: from }),
    changed: (place) => changed({ what: 'landmark', ear, from, to: landmarkAt(id, place) })
  }
}

function contactMark(ear: EarState, { order, position }: FoundContact, count: number): Mark {
  const { correction } = ear.implant
  const released = { type: 'contact dragged', ear: ear.id, correction } as const
  return {
    kind: 'contact',
    key: `contact ${order}`,
    text: String(order),
    name: `Contact ${order}`,
    color: contactColor(order, count),
    place: position,
    dragged(place) {
      const change = contactChange(ear, order, place)
      return change === undefined ? released : { ...released, correction: change.to }
    },
    released: () => released,
    changed(place) {
      const change = contactChange(ear, order, place)
      return change === undefined ? released : changed(change)
    }
  }
}

function changed(change: Extract<Action, { type: 'changed' }>['change']): Action {
  return { type: 'changed', change, at: new Date().toISOString() }
}

function kindOf(id: LandmarkId): { readonly name: string; readonly color: readonly [number, number, number] } {
  return landmarkKinds.find((kind) => kind.id === id) ?? { name: id, color: [255, 255, 255] }
}
