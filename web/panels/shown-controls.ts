import { landmarkKinds, parts } from '../../src/core/anatomy.ts'
import { cssColor } from '../../src/core/plots/svg.ts'
import { contactColor, contactsOf } from '../ear-implant.ts'
import { element } from '../element.ts'
import type { Hideable } from '../look.ts'
import type { Store } from '../store.ts'

type Color = readonly [number, number, number]

/** What of an ear is drawn: outlines, a filling of any opacity, each part, each landmark, the contacts of electrode arrays. */
export function shownControls(store: Store): HTMLElement[] {
  const outlines = element('button', { type: 'button' }, 'Outline')
  outlines.addEventListener('click', () => {
    store.dispatch({ type: 'look', look: { outlines: !store.state.look.outlines } })
  })
  const fill = element('input', { type: 'range', min: 0, max: 1, step: 0.05, 'aria-label': 'Opacity of the filling' })
  fill.addEventListener('input', () => store.dispatch({ type: 'look', look: { fill: Number(fill.value) } }))
  const contacts = { id: 'contacts', name: 'Contacts', color: contactColor(1, 2) } as const
  const kinds: readonly { readonly id: Hideable; readonly name: string; readonly color: Color }[] = [
    ...parts,
    ...landmarkKinds,
    contacts
  ]
  const toggles = kinds.map(({ id, name, color }) => {
    const toggle = (): void => {
      const { hidden } = store.state.look
      const next = hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]
      store.dispatch({ type: 'look', look: { hidden: next } })
    }
    const dot = element('i', { class: parts.some((part) => part.id === id) ? 'part' : 'dot' })
    dot.style.background = cssColor(color)
    const button = element('button', { type: 'button', click: toggle, 'aria-label': `Show ${name}`, title: name }, dot)
    return { id, button }
  })
  store.listen(({ look, ears }) => {
    outlines.setAttribute('aria-pressed', String(look.outlines))
    fill.value = String(look.fill)
    for (const { id, button } of toggles) button.setAttribute('aria-pressed', String(!look.hidden.includes(id)))
    const ofContacts = toggles.find(({ id }) => id === 'contacts')?.button
    if (ofContacts) ofContacts.hidden = ears.every(({ implant }) => contactsOf(implant).length === 0)
  })
  const group = (name: string, ...children: HTMLElement[]): HTMLElement =>
    element('div', { class: 'group', role: 'group', 'aria-label': name }, ...children)
  return [
    group('Outlines', outlines),
    element('label', { class: 'group brush' }, 'Opacity ', fill),
    group('Parts, landmarks, contacts', ...toggles.map(({ button }) => button))
  ]
}
