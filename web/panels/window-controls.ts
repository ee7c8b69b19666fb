import { element } from '../element.ts'
import { type WindowName, windowName, windowOf, windows } from '../look.ts'
import type { Store } from '../store.ts'
import { choice } from './choice.ts'

/** Presets of the window, and its level and width as numbers. */
export function windowControls(store: Store): HTMLElement[] {
  const names = Object.fromEntries(Object.entries(windows).map(([id, { name }]) => [id, name]))
  const presets = choice<WindowName>('Window', names as Record<WindowName, string>, (name) => {
    const { low, high } = windows[name]
    store.dispatch({ type: 'look', look: { window: { low, high } } })
  })
  const [level, width] = ['Level', 'Width'].map((name) =>
    element('input', { type: 'number', step: 50, 'aria-label': `Window ${name.toLowerCase()}, HU` })
  ) as [HTMLInputElement, HTMLInputElement]
  for (const input of [level, width]) {
    input.addEventListener('change', () => {
      const window = windowOf(Number(level.value), Number(width.value))
      store.dispatch({ type: 'look', look: { window } })
    })
  }
  store.listen(({ look: { window } }, before) => {
    presets.show(windowName(window))
    if (window === before.look.window && level.value !== '') return
    level.value = String((window.low + window.high) / 2)
    width.value = String(window.high - window.low)
  })
  return [
    presets.group,
    element('div', { class: 'group numbers' }, element('label', {}, 'L ', level), element('label', {}, 'W ', width))
  ]
}
