import { element } from '../element.ts'
import { windowOf } from '../look.ts'
import type { Store } from '../store.ts'

/** Fluid of the inner ear and soft tissue, without bone and air, HU. */
const fluid = windowOf(200, 1000)

/** Whether edits keep to a range of Hounsfield units, and to which. */
export function thresholdControls(store: Store): HTMLElement[] {
  const only = element('input', { type: 'checkbox' })
  const [low, high] = ['Lowest', 'Highest'].map((name) =>
    element('input', { type: 'number', step: 50, 'aria-label': `${name} value to paint, HU` })
  ) as [HTMLInputElement, HTMLInputElement]
  low.value = String(fluid.low)
  high.value = String(fluid.high)
  const set = (): void => {
    const [a, b] = [Number(low.value), Number(high.value)]
    const threshold = only.checked ? { low: Math.min(a, b), high: Math.max(a, b) } : null
    store.dispatch({ type: 'look', look: { threshold } })
  }
  for (const input of [only, low, high]) input.addEventListener('change', set)
  const numbers = element('span', { class: 'group numbers' }, low, '–', high, 'HU')
  store.listen(({ look: { threshold } }) => {
    only.checked = threshold !== null
    numbers.hidden = threshold === null
  })
  return [element('label', { class: 'check' }, only, 'Threshold'), numbers]
}
