import { missingContacts, placingChange } from '../ear-implant.ts'
import type { EarState } from '../ear-state.ts'
import { element } from '../element.ts'
import type { Store } from '../store.ts'

/** Whether a person places the contacts of an ear: some are, or that is the tool. */
export function isPlacing({ state: { look } }: Store, { implant }: EarState): boolean {
  const { placed } = implant.correction
  return missingContacts(implant).length > 0 && (placed !== null || look.tool === 'contact')
}

/** Of an ear in which no array was found: how contacts are placed by hand, or a way to begin with it. */
export function placingByHand(store: Store, ear: EarState): HTMLElement[] {
  const { array, placed } = ear.implant.correction
  const [next] = missingContacts(ear.implant)
  const faint = (text: string): HTMLElement => element('p', { class: 'faint' }, text)
  if (next === undefined) {
    const isUnnamed = array === null && ear.implant.turns !== null && placed === null
    return isUnnamed ? [faint('Contacts can be placed by hand when the array is named.')] : []
  }
  if (store.state.look.tool === 'contact') {
    return [
      faint(
        `Click contact ${next} of ${(placed?.array ?? array)?.contacts}, counted from the apex, in a slice, or press Enter there for the crosshair’s place.`
      )
    ]
  }
  const begin = (): void => store.dispatch({ type: 'look', look: { tool: 'contact' } })
  const text = next === 1 ? 'Place contacts by hand' : 'Go on placing contacts'
  const label = `${text}, ${ear.side} ear`
  return [
    element('button', { type: 'button', click: begin, 'data-key': `${ear.id}-placing`, 'aria-label': label }, text)
  ]
}

/** A row for a contact that is missing, with a way to place it. @param columns that other rows have */
export function missingRow(store: Store, { id, side }: EarState, order: number, columns: number): HTMLElement {
  const place = (): void => {
    const now = store.state.ears.find((ear) => ear.id === id)
    const change = now && placingChange(now, order, now.crosshair)
    if (change !== undefined) store.dispatch({ type: 'changed', change, at: new Date().toISOString() })
  }
  const label = `Place contact ${order} at the crosshair, ${side} ear`
  const key = `${id}-contact-${order}`
  const button = element(
    'button',
    { type: 'button', click: place, 'data-key': key, 'aria-label': label },
    'At the crosshair'
  )
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: 'number' }, String(order)),
    element('td', { colspan: columns - 1 }, button)
  )
}
