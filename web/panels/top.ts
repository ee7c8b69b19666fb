import { byId } from '../element.ts'
import { engineName } from '../engine.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'

/** The bar at the top, and the line below it that says what went wrong or changed. */
export function showTop(store: Store, scan: ScanOnShow): void {
  const [name, engine, message] = [byId('scan-name'), byId('engine'), byId('message')]
  const text = message.querySelector('p') as HTMLElement
  const opening = byId('opening')
  byId('close').addEventListener('click', () => void scan.close())
  byId('opening-cancel').addEventListener('click', scan.cancel)
  message.querySelector('button')?.addEventListener('click', () => store.dispatch({ type: 'dismissed' }))
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && !message.hidden) store.dispatch({ type: 'dismissed' })
  })
  store.listen((state) => {
    name.textContent = state.scanName === '' ? (state.opening ?? '') : state.scanName
    const isOpening = state.phase === 'ready' && state.opening !== null
    opening.textContent = isOpening ? `Reading ${state.opening}…` : ''
    byId('opening-cancel').hidden = !isOpening
    const choice = state.phase === 'empty' ? null : state.engine
    engine.textContent = choice === null ? '' : `${engineName(choice.engine)}: ${choice.why}`
    engine.title = engine.textContent
    byId('close').hidden = state.phase !== 'ready'
    byId('export').hidden = state.phase !== 'ready'
    const line = state.error ?? state.notice
    message.hidden = line === null
    message.classList.toggle('error', state.error !== null)
    if (text.textContent !== line) text.textContent = line
  })
}
