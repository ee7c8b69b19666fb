import { parts } from '../../src/core/anatomy.ts'
import { css, element } from '../element.ts'
import type { Store } from '../store.ts'

/** The part that is painted and the size of the brush, while the tool is one. */
export function paintControls(store: Store): HTMLElement[] {
  const labels = element('div', { class: 'group', role: 'group', 'aria-label': 'Part to paint' })
  for (const { label, name, color } of parts) {
    const choose = (): void => store.dispatch({ type: 'look', look: { label, tool: 'paint' } })
    const button = element('button', { type: 'button', click: choose, 'data-label': label })
    const dot = element('i')
    dot.style.background = css(color)
    button.append(dot, name)
    labels.append(button)
  }
  const brush = element('input', { type: 'range', min: 0.3, max: 3, step: 0.1, 'aria-label': 'Brush diameter, mm' })
  brush.addEventListener('input', () => store.dispatch({ type: 'look', look: { brush: Number(brush.value) } }))
  const size = element('output', { class: 'size' })
  const brushGroup = element('label', { class: 'group brush' }, brush, size)
  store.listen(({ look }) => {
    labels.hidden = look.tool !== 'paint'
    brushGroup.hidden = look.tool !== 'paint' && look.tool !== 'erase'
    for (const button of labels.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.label) === look.label))
    }
    brush.value = String(look.brush)
    size.textContent = `${look.brush.toFixed(1)} mm`
  })
  return [labels, brushGroup]
}
