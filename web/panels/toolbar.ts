import { byId, element, isDialogOpen, isTyping } from '../element.ts'
import type { Look, Tool } from '../look.ts'
import { hasMissingContacts } from '../state.ts'
import type { Store } from '../store.ts'
import type { View } from '../viewer/viewer.ts'
import { choice } from './choice.ts'
import { shownControls } from './shown-controls.ts'
import { windowControls } from './window-controls.ts'

const toolNames = {
  look: 'Look',
  distance: 'Distance',
  angle: 'Angle',
  paint: 'Paint',
  fill: 'Fill',
  erase: 'Erase',
  contact: 'Contact'
} as const
const viewNames = {
  all: 'All',
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
  space: '3-D',
  cochlea: 'Cochlear'
} as const

/** How things are looked at, and what a pointer does. @param reset puts zoom, shift and turn back */
export function showToolbar(store: Store, reset: () => void): void {
  const look = (change: Partial<Look>) => store.dispatch({ type: 'look', look: change })
  const tools = choice<Tool>('Tool', toolNames, (tool) => look({ tool }))
  const contact = tools.group.querySelector<HTMLElement>('[data-value="contact"]')
  const ears = choice<'right' | 'both' | 'left'>('Ear', { right: 'Right', both: 'Both', left: 'Left' }, (shown) =>
    look({ ear: store.state.ears.find(({ side }) => side === shown)?.id ?? 'both' })
  )
  const views = choice<View | 'all'>('View', viewNames, (view) => look({ full: view === 'all' ? undefined : view }))
  const put = (action: 'undo' | 'redo') => store.dispatch({ type: action, at: new Date().toISOString() })
  const undo = element('button', { type: 'button', title: 'Ctrl+Z', click: () => put('undo') }, 'Undo')
  const redo = element('button', { type: 'button', title: 'Ctrl+Shift+Z', click: () => put('redo') }, 'Redo')
  const remove = element(
    'button',
    { type: 'button', click: () => store.dispatch({ type: 'rulers removed' }) },
    'Remove rulers'
  )
  const resetButton = element('button', { type: 'button', title: 'R', click: reset }, 'Reset view')
  const radiological = element('input', { type: 'checkbox' })
  radiological.addEventListener('change', () => look({ radiological: radiological.checked }))
  const convention = element(
    'label',
    { class: 'check', title: "The patient's right on the left, in sagittal slices the front" },
    radiological,
    'Radiological'
  )
  byId('toolbar').append(
    ears.group,
    views.group,
    tools.group,
    element('div', { class: 'group', role: 'group', 'aria-label': 'History' }, undo, redo),
    ...windowControls(store),
    ...shownControls(store),
    convention,
    element('div', { class: 'group' }, resetButton, remove)
  )
  document.addEventListener('keydown', (event) => {
    if (store.state.phase !== 'ready' || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
    // In a field it takes back what was typed, and behind a dialog nobody sees what it does.
    if (isTyping(event) || isDialogOpen()) return
    event.preventDefault()
    put(event.shiftKey ? 'redo' : 'undo')
  })
  store.listen((state) => {
    byId('ready').hidden = state.phase !== 'ready'
    tools.show(state.look.tool)
    // There is something to do for it where no array was found.
    if (contact) contact.hidden = !hasMissingContacts(state)
    views.show(state.look.full ?? 'all')
    ears.show(state.ears.find(({ id }) => id === state.look.ear)?.side ?? 'both')
    ears.group.hidden = state.ears.length < 2
    radiological.checked = state.look.radiological
    undo.disabled = state.done.length === 0
    redo.disabled = state.undone.length === 0
    remove.hidden = state.rulers.length === 0
  })
}
