import { parts } from '../../src/core/anatomy.ts'
import { byId, css, element } from '../element.ts'
import { type Look, type Tool, type WindowName, windows } from '../look.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'

/** How things are looked at, and what a pointer does. */
export function showToolbar(store: Store): void {
  const look = (change: Partial<Look>) => store.dispatch({ type: 'look', look: change })
  const now = (): string => new Date().toISOString()

  const tools = choice<Tool>('Tool', { look: 'Look', paint: 'Paint', erase: 'Erase' }, (tool) => look({ tool }))
  const labels = element('div', { class: 'group', role: 'group', 'aria-label': 'Part to paint' })
  for (const { label, name, color } of parts) {
    const button = element('button', {
      type: 'button',
      click: () => look({ label, tool: 'paint' }),
      'data-label': label
    })
    const dot = element('i')
    dot.style.background = css(color)
    button.append(dot, name)
    labels.append(button)
  }
  const brush = element('input', { type: 'range', min: 0.3, max: 3, step: 0.1, 'aria-label': 'Brush diameter, mm' })
  brush.addEventListener('input', () => look({ brush: Number(brush.value) }))
  const size = element('output', { class: 'size' })
  const brushGroup = element('label', { class: 'group brush' }, brush, size)
  const undo = element(
    'button',
    { type: 'button', title: 'Ctrl+Z', click: () => store.dispatch({ type: 'undo', at: now() }) },
    'Undo'
  )
  const redo = element(
    'button',
    { type: 'button', title: 'Ctrl+Shift+Z', click: () => store.dispatch({ type: 'redo', at: now() }) },
    'Redo'
  )
  const presets = choice<WindowName>('Window', { bone: windows.bone.name, soft: windows.soft.name }, (window) =>
    look({ window })
  )
  const outline = choice('Labels', { outline: 'Outline', fill: 'Fill', none: 'Hide' }, (shown) =>
    look({ fill: shown === 'fill', labelsShown: shown !== 'none' })
  )
  const convention = element('label', {
    class: 'check',
    title: "The patient's right on the left, in sagittal slices the front"
  })
  const radiological = element('input', { type: 'checkbox' })
  radiological.addEventListener('change', () => look({ radiological: radiological.checked }))
  convention.append(radiological, 'Radiological')
  const ears = choice<Look['ear']>('Ear', { right: 'Right', both: 'Both', left: 'Left' }, (ear) => look({ ear }))

  byId('toolbar').append(
    ears.group,
    tools.group,
    labels,
    brushGroup,
    element('div', { class: 'group', role: 'group', 'aria-label': 'History' }, undo, redo),
    presets.group,
    outline.group,
    convention
  )
  document.addEventListener('keydown', (event) => {
    if (store.state.phase !== 'ready' || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
    event.preventDefault()
    store.dispatch({ type: event.shiftKey ? 'redo' : 'undo', at: now() })
  })
  store.listen((state: State) => {
    byId('ready').hidden = state.phase !== 'ready'
    const { tool, label, window, fill, labelsShown } = state.look
    tools.show(tool)
    presets.show(window)
    outline.show(labelsShown ? (fill ? 'fill' : 'outline') : 'none')
    ears.show(state.look.ear)
    ears.group.hidden = state.ears.length < 2
    labels.hidden = tool !== 'paint'
    brushGroup.hidden = tool === 'look'
    for (const button of labels.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.label) === label))
    }
    brush.value = String(state.look.brush)
    size.textContent = `${state.look.brush.toFixed(1)} mm`
    radiological.checked = state.look.radiological
    undo.disabled = state.done.length === 0
    redo.disabled = state.undone.length === 0
  })
}

/** Buttons of which one is pressed. */
function choice<Value extends string>(
  name: string,
  values: Readonly<Record<Value, string>>,
  choose: (value: Value) => void
): { readonly group: HTMLElement; show(value: Value): void } {
  const group = element('div', { class: 'group', role: 'group', 'aria-label': name })
  const buttons = (Object.entries(values) as [Value, string][]).map(([value, text]) => {
    const button = element('button', { type: 'button', click: () => choose(value) }, text)
    group.append(button)
    return { value, button }
  })
  return {
    group,
    show(shown) {
      for (const { value, button } of buttons) button.setAttribute('aria-pressed', String(value === shown))
    }
  }
}
