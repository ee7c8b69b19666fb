import { parts } from '../../src/core/anatomy.ts'
import { cssColor } from '../../src/core/plots/svg.ts'
import type { EditName } from '../corrections.ts'
import { changeInWorker, sentFor } from '../edit-in-worker.ts'
import { byId, element } from '../element.ts'
import { isEditing } from '../look.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import { activeEar } from '../state.ts'
import type { Store } from '../store.ts'
import { choice } from './choice.ts'
import { thresholdControls } from './threshold-controls.ts'

const edits: Readonly<Record<EditName, { readonly name: string; readonly title: string }>> = {
  grow: { name: 'Grow', title: 'By a voxel, into the background' },
  shrink: { name: 'Shrink', title: 'By a voxel, where it borders on the background' },
  fill: { name: 'Fill holes', title: 'That it encloses' },
  islands: { name: 'Remove islands', title: 'All but its largest piece' },
  restore: { name: 'Restore', title: 'As the network outlined it' }
}

/** The bar that is there while labels are edited: the part, the brush, a threshold, and what is done to the whole part. */
export function showEditControls(store: Store, scan: ScanOnShow): void {
  const labels = element('div', { class: 'group', role: 'group', 'aria-label': 'Part to paint' })
  for (const { label, name, color } of parts) {
    const choose = (): void => store.dispatch({ type: 'look', look: { label } })
    const button = element('button', { type: 'button', click: choose, 'data-label': label })
    const dot = element('i')
    dot.style.background = cssColor(color)
    button.append(dot, element('span', {}, name))
    labels.append(button)
  }
  const shapes = choice<'disc' | 'ball'>('Brush', { disc: 'Disc', ball: 'Ball' }, (brushShape) =>
    store.dispatch({ type: 'look', look: { brushShape } })
  )
  const brush = element('input', { type: 'range', min: 0.3, max: 3, step: 0.1, 'aria-label': 'Brush diameter, mm' })
  brush.addEventListener('input', () => store.dispatch({ type: 'look', look: { brush: Number(brush.value) } }))
  const size = element('output', { class: 'size' })
  const diameter = element('label', { class: 'group brush' }, brush, size)
  const actions = element('div', { class: 'group', role: 'group', 'aria-label': 'Whole part' })
  const run = async (how: EditName): Promise<void> => {
    // One after the other: each begins from what the one before it left.
    if (actions.ariaBusy === 'true') return
    actions.ariaBusy = 'true'
    await edit(store, scan, how).finally(() => {
      actions.ariaBusy = 'false'
    })
  }
  for (const [how, { name, title }] of Object.entries(edits) as [EditName, (typeof edits)[EditName]][]) {
    actions.append(element('button', { type: 'button', title, click: () => void run(how) }, name))
  }
  const target = element('span', { class: 'faint' })
  byId('edit-bar').append(labels, shapes.group, diameter, ...thresholdControls(store), actions, target)
  store.listen((state) => {
    const { look } = state
    byId('edit-bar').hidden = !isEditing(look)
    // What was asked of a worker that has ended is never answered.
    if (state.phase !== 'ready') actions.ariaBusy = 'false'
    for (const group of [shapes.group, diameter]) group.hidden = look.tool === 'fill'
    shapes.show(look.brushShape)
    for (const button of labels.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.label) === look.label))
    }
    brush.value = String(look.brush)
    size.textContent = `${look.brush.toFixed(1)} mm`
    target.textContent = state.ears.length > 1 ? `of the ${activeEar(state)?.side} ear` : ''
  })
}

async function edit(store: Store, scan: ScanOnShow, how: EditName): Promise<void> {
  const [ear, { label, threshold }] = [activeEar(store.state), store.state.look]
  if (ear === undefined) return
  const part = { label, threshold }
  const isChanged = await changeInWorker(store, scan, ear.id, (measurementWorker, now) =>
    measurementWorker.edit(sentFor(now, how, part), how, part)
  )
  if (isChanged) return
  const name = parts.find((one) => one.label === label)?.name ?? ''
  store.dispatch({ type: 'notice', text: `${name}: ${edits[how].name} changes nothing here.` })
}
