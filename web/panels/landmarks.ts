import { type LandmarkKind, landmarkKinds, type Side } from '../../src/core/anatomy.ts'
import { cssColor } from '../../src/core/plots/svg.ts'
import { type EarState, landmarkAt } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { shownEars } from '../state.ts'
import type { Store } from '../store.ts'

/** The landmarks of each ear: where they are, how certain, and a way to jump there or to place one that is missing. */
export function showLandmarks(store: Store): void {
  const panel = byId('landmarks')
  store.listen((state, before) => {
    if (state.ears === before.ears && state.look.ear === before.look.ear) return
    const focused = document.activeElement?.getAttribute('data-key')
    const lists = shownEars(state).map((ear) => earList(store, ear))
    panel.replaceChildren(...(lists.length === 0 ? [] : [element('h2', {}, 'Landmarks'), ...lists]))
    if (focused) panel.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus()
  })
}

function earList(store: Store, ear: EarState): HTMLElement {
  const rows = landmarkKinds.map((kind) => row(store, ear, kind))
  return element(
    'section',
    {},
    element('h3', {}, `${sideName(ear.side)} ear`),
    element('ul', { class: 'marks' }, ...rows)
  )
}

function row(
  store: Store,
  { id: ear, side, landmarks, crosshair }: EarState,
  { id, name, color }: LandmarkKind
): HTMLElement {
  const landmark = landmarks.find((candidate) => candidate.id === id)
  const dot = element('i')
  dot.style.background = cssColor(color)
  const key = `${ear}-${id}`
  if (landmark?.status === 'defined') {
    const { position, confidence, byHand } = landmark
    const place = position.map((mm) => mm.toFixed(1).replace('-', '−')).join(', ')
    const jump = (): void => store.dispatch({ type: 'crosshair', ear, place: position })
    const button = element(
      'button',
      { type: 'button', click: jump, 'data-key': key, 'aria-label': `Go to ${name}, ${side} ear` },
      dot,
      name
    )
    return element(
      'li',
      {},
      button,
      element('span', { class: 'place', title: 'LPS mm' }, place),
      byHand
        ? element('span', { class: 'sure' }, 'by hand')
        : element('span', { class: 'sure', title: 'Score, 0 to 1; not a probability' }, confidence.toFixed(2))
    )
  }
  const from = landmark ?? { id, status: 'undefined' as const, confidence: 0 }
  const put = (): void =>
    store.dispatch({
      type: 'changed',
      at: new Date().toISOString(),
      change: { what: 'landmark', ear, from, to: landmarkAt(id, crosshair) }
    })
  const button = element('button', { type: 'button', click: put, 'data-key': key }, 'Place at the crosshair')
  return element('li', {}, element('span', { class: 'missing' }, dot, `${name}: not found`), button)
}

export function sideName(side: Side): string {
  return side === 'left' ? 'Left' : 'Right'
}
