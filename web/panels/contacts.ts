import { cssColor } from '../../src/core/plots/svg.ts'
import type { ElectrodeArray } from '../../src/electrode/array.ts'
import type { FoundContact } from '../../src/implant/find/found-electrode.ts'
import { describeImplant, doubtsOf } from '../../src/report/describe-implant.ts'
import { earAt } from '../ear-id.ts'
import {
  contactColor,
  contactCount,
  missingContacts,
  namingChange,
  type SearchedElectrode,
  shownElectrode
} from '../ear-implant.ts'
import type { EarState } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { byMaker } from './by-maker.ts'
import { flagList } from './flag-list.ts'
import { sideName } from './landmarks.ts'
import { isPlacing, missingRow, placingByHand } from './missing-contacts.ts'

/**
 * The electrode array of each ear: which one it is, what is doubtful of it, and its contacts, with a way to jump there.
 * @param openBefore asks for a scan before surgery
 */
export function showContacts(store: Store, openBefore: () => void): void {
  const panel = byId('contacts')
  let isOpened = false
  store.listen((state, stateBefore) => {
    const ears = shownEars(state)
    const shownBefore = shownEars(stateBefore)
    const isSame =
      ears.length === shownBefore.length && ears.every(({ implant }, n) => implant === shownBefore[n]?.implant)
    if (isSame && state.look.tool === stateBefore.look.tool) return
    const focused = document.activeElement?.getAttribute('data-key')
    const sections = ears.map((ear) => earSection(store, ear))
    const before = element(
      'button',
      { type: 'button', click: openBefore, 'data-key': 'before' },
      'Scan before surgery…'
    )
    const isAny = ears.some(({ implant }) => shownElectrode(implant) !== null)
    // Most ears have none: then it says so only when it is asked.
    const box = element('details', { open: isAny || isOpened }, element('summary', {}, heading()), ...sections, before)
    box.addEventListener('toggle', () => {
      isOpened = box.open && !isAny
    })
    panel.replaceChildren(...(sections.length === 0 ? [] : [box]))
    if (focused) panel.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus()
  })
}

function heading(): HTMLElement {
  return element('h2', {}, 'Electrode array')
}

function earSection(store: Store, ear: EarState): HTMLElement {
  const shown = shownElectrode(ear.implant)
  const title = element('h3', {}, `${sideName(ear.side)} ear`)
  const parts = [title, naming(store, ear), ...outlinedBefore(store, ear)]
  if (shown === 'searching') return element('section', {}, ...parts, element('p', { class: 'faint' }, 'Searching…'))
  const table = shown?.status === 'found' || isPlacing(store, ear) ? [contactTable(store, ear, shown)] : []
  return element('section', {}, ...parts, doubtsAbout(shown), ...placingByHand(store, ear), ...table)
}

function doubtsAbout(shown: SearchedElectrode): HTMLElement {
  if (shown === null) return element('p', { class: 'faint' }, 'No metal is seen in the cochlea.')
  return flagList(doubtsOf(describeImplant(shown)).map((text) => ({ severity: 'warning', text })))
}

/** That the ear was outlined in a scan before surgery, and how far its bone lies from that of this one. */
function outlinedBefore({ state: { result } }: Store, { id }: EarState): HTMLElement[] {
  const before = result?.ears[earAt(id)]?.before
  if (before === undefined) return []
  const { source, residual } = before
  return [
    element('p', { class: 'faint' }, `Outlined in ${source}; its bone lies ${residual.toFixed(2)} mm from this one.`)
  ]
}

/** Which array was implanted, as a choice from the catalogue. */
function naming(store: Store, ear: EarState): HTMLElement {
  const { array } = ear.implant.correction
  const { arrays } = store.state
  const shown = shownElectrode(ear.implant)
  const isRecognised = shown !== null && shown !== 'searching' && shown.status === 'found' && !shown.isGiven
  const unnamed = isRecognised ? `not named; looks like ${shown.array.model}` : 'not named'
  const select = element(
    'select',
    { 'aria-label': `Implanted array, ${ear.side} ear`, 'data-key': `${ear.id}-array` },
    element('option', { value: '' }, unnamed),
    ...byMaker(arrays).map(([maker, ofMaker]) =>
      element('optgroup', { label: maker }, ...ofMaker.map((one) => element('option', { value: one.id }, nameOf(one))))
    )
  )
  select.value = array?.id ?? ''
  select.addEventListener('change', () => {
    const chosen = arrays.find(({ id }) => id === select.value) ?? null
    const now = store.state.ears.find(({ id }) => id === ear.id)
    if (now === undefined) return
    store.dispatch({ type: 'changed', change: namingChange(now, chosen), at: new Date().toISOString() })
  })
  return element('label', { class: 'row array' }, 'Implanted', select)
}

function nameOf({ model, contacts }: ElectrodeArray): string {
  return `${model} (${contacts} contacts)`
}

/** A row for each contact, those that are missing among them. */
function contactTable(store: Store, ear: EarState, shown: SearchedElectrode): HTMLElement {
  const contacts = shown?.status === 'found' ? shown.contacts : []
  const isNumbered = contacts.some(({ number }) => number !== undefined)
  const names = ['From apex', ...(isNumbered ? ["Maker's"] : []), 'mm', '°', 'Hz', 'Score']
  const head = element('tr', {}, ...names.map((name) => element('th', { scope: 'col', class: 'number' }, name)))
  const count = contactCount(ear.implant)
  const rows = [
    ...contacts.map((contact) => ({ order: contact.order, of: row(store, ear, contact, count, isNumbered) })),
    ...missingContacts(ear.implant).map((order) => ({ order, of: missingRow(store, ear, order, names.length) }))
  ]
    .toSorted((a, b) => a.order - b.order)
    .map(({ of }) => of)
  return element('table', { class: 'contacts' }, element('thead', {}, head), element('tbody', {}, ...rows))
}

function row(
  store: Store,
  { id: ear, side }: EarState,
  { order, number, position, confidence, byHand, inside }: FoundContact,
  count: number,
  isNumbered: boolean
): HTMLElement {
  const dot = element('i')
  dot.style.background = cssColor(contactColor(order, count))
  const jump = (): void => store.dispatch({ type: 'crosshair', ear, place: position })
  const label = `Go to contact ${order}, ${side} ear`
  const button = element(
    'button',
    { type: 'button', click: jump, 'data-key': `${ear}-contact-${order}`, 'aria-label': label },
    dot,
    String(order)
  )
  const cell = (text: string): HTMLElement => element('td', { class: 'number' }, text)
  const values = inside
    ? [inside.depth.toFixed(1), inside.angle.toFixed(0), inside.frequency.toFixed(0)].map(cell)
    : [element('td', { class: 'number faint', colspan: 3 }, 'outside')]
  const trust = byHand
    ? element('td', { class: 'number' }, 'by hand')
    : element('td', { class: 'number', title: 'Score, 0 to 1; not a probability' }, confidence.toFixed(2))
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    ...(isNumbered ? [cell(number === undefined ? '' : String(number))] : []),
    ...values,
    trust
  )
}
