import { byId, element, isDialogOpen, isTyping } from '../element.ts'

const shortcuts: readonly (readonly [keys: string, what: string])[] = [
  ['Wheel, Page Up, Page Down', 'through the slices; with Shift five at a time'],
  ['Ctrl + wheel, pinch, + and −', 'zoom'],
  ['Left button', 'crosshair; drag a landmark or a contact; in 3-D turn'],
  ['Right button', 'window: up and down the level, left and right the width'],
  ['Middle button, Shift + left', 'shift'],
  ['Double click', 'one view, and back'],
  ['1, 2, 3, 4, 5, 0', 'axial, coronal, sagittal, 3-D, cochlear, all'],
  ['Arrow keys', 'crosshair, or the landmark or contact that has the focus: 0.1 mm, with Shift 0.5 mm'],
  ['Enter', 'with the tool Contact: a contact at the crosshair'],
  ['R', 'zoom, shift and turn as at first'],
  ['Ctrl + Z, Ctrl + Shift + Z', 'take back, make again'],
  ['On a touch screen', 'a finger goes through slices, a tap sets the crosshair'],
  ['?', 'this list']
]

/** What to do, and the list of shortcuts, by their buttons or by `?`. */
export function showHelp(): void {
  const dialog = byId<HTMLDialogElement>('help-dialog')
  const rows = shortcuts.flatMap(([keys, what]) => [element('dt', {}, keys), element('dd', {}, what)])
  byId('shortcuts').replaceChildren(...rows)
  for (const id of ['help', 'help-first']) byId(id).addEventListener('click', () => dialog.showModal())
  byId('help-close').addEventListener('click', () => dialog.close())
  document.addEventListener('keydown', (event) => {
    if (event.key === '?' && !isTyping(event) && !isDialogOpen()) dialog.showModal()
  })
}
