import type { Remote } from 'comlink'
import { byId, element } from '../element.ts'
import { latestOnly } from '../latest.ts'
import { explain } from '../run-analysis.ts'
import { type State, shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import type { AnalysisWorker } from '../worker/analysis-worker.ts'
import { sideName } from './landmarks.ts'

/** Oblique slices through the cochlea and the superior canal, two ears side by side, moved along their normal. */
export function showOblique(store: Store, analysisWorker: () => Remote<AnalysisWorker> | undefined): void {
  const panel = byId('oblique')
  const planes = element('select', { 'aria-label': 'Oblique view' })
  const shift = element('input', {
    type: 'range',
    min: -5,
    max: 5,
    step: 0.25,
    value: 0,
    'aria-label': 'Distance from the plane, mm'
  })
  const distance = element('output')
  const figures = element('div', { class: 'figures' })
  panel.append(
    element('h2', {}, 'Oblique views'),
    element('div', { class: 'row' }, planes),
    element('label', { class: 'row' }, shift, distance),
    figures
  )

  /** A landmark that is placed, or an edit, may bring planes or take them away. */
  const offer = ({ ears }: State): void => {
    const names = new Set(ears.flatMap((ear) => ear.planes.map(({ name }) => name)))
    const [chosen, offered] = [planes.value, [...planes.options].map(({ value }) => value)]
    if (names.size === offered.length && offered.every((name) => names.has(name))) return
    planes.replaceChildren(...[...names].map((name) => element('option', {}, name)))
    if (names.has(chosen)) planes.value = chosen
  }
  const drawOnce = async (state: State): Promise<void> => {
    if (state.phase !== 'ready') return
    const drawn: HTMLElement[] = []
    const ears = shownEars(state)
    for (const ear of ears) {
      const picture = await analysisWorker()?.oblique(state.ears.indexOf(ear), planes.value, Number(shift.value))
      if (picture === undefined) continue
      const figure = element('div', { class: 'oblique' })
      // Of our own making: SVG with numbers, names from the anatomy table and a picture in itself.
      figure.innerHTML = picture
      drawn.push(ears.length > 1 ? element('div', {}, element('h3', {}, `${sideName(ear.side)} ear`), figure) : figure)
    }
    figures.replaceChildren(...drawn)
  }
  let drawLatest = latestOnly(() => drawOnce(store.state))
  const draw = (): void => {
    drawLatest().catch((error: unknown) => store.dispatch({ type: 'problem', message: explain(error) }))
  }
  shift.addEventListener('input', () => {
    distance.textContent = `${Number(shift.value).toFixed(2)} mm`
    draw()
  })
  planes.addEventListener('change', draw)
  store.listen((state, before) => {
    panel.hidden = state.ears.every(({ planes: names }) => names.length === 0)
    if (state.phase !== 'ready') return
    if (before.phase !== 'ready') {
      // What was asked of a worker that has ended is never answered.
      drawLatest = latestOnly(() => drawOnce(store.state))
      planes.replaceChildren()
      figures.replaceChildren()
      shift.value = '0'
      distance.textContent = '0.00 mm'
    }
    if (state.ears !== before.ears) offer(state)
    // The worker is in step once the result is.
    if (state.result !== before.result || state.look.ear !== before.look.ear) queueMicrotask(draw)
  })
}
