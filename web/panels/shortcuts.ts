import { byId, element } from '../element.ts'

const shortcuts: readonly (readonly [keys: string, what: string])[] = [
  ['Wheel, Page Up, Page Down', 'through the slices; with Shift five at a time'],
  ['Ctrl + wheel, pinch, + and −', 'zoom'],
  ['Left button', 'crosshair; drag a landmark; in 3-D turn'],
  ['Right button', 'window: up and down the level, left and right the width'],
  ['Middle button, Shift + left', 'shift'],
  ['Double click', 'one view, and back'],
  ['1, 2, 3, 4, 0', 'axial, coronal, sagittal, 3-D, all'],
  ['Arrow keys', 'crosshair, or the landmark that has the focus: 0.1 mm, with Shift 0.5 mm'],
  ['R', 'zoom, shift and turn as at first'],
  ['Ctrl + Z, Ctrl + Shift + Z', 'take back, make again'],
  ['On a touch screen', 'a finger goes through slices, a tap sets the crosshair'],
  ['?', 'this list']
]

/** The list of shortcuts, by its button or by `?`. */
export function showShortcuts(): void {
  const dialog = byId<HTMLDialogElement>('shortcuts-dialog')
  const rows = shortcuts.flatMap(([keys, what]) => [element('dt', {}, keys), element('dd', {}, what)])
  byId('shortcuts').replaceChildren(...rows)
  byId('shortcuts-open').addEventListener('click', () => dialog.showModal())
  byId('shortcuts-close').addEventListener('click', () => dialog.close())
  document.addEventListener('keydown', ({ key, target }) => {
    const isTyping = target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'range'
    if (key === '?' && !isTyping && document.querySelector('dialog[open]') === null) dialog.showModal()
  })
}
