import type { FlagResult } from '../../src/report/result.ts'
import type { EarState } from '../ear-state.ts'
import { changeInWorker } from '../edit-in-worker.ts'
import { byId, element } from '../element.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'

/** What a reader should know before using the numbers: warnings first. */
export function showFlags(store: Store, scan: ScanOnShow): void {
  const panel = byId('flags')
  store.listen(({ result }, before) => {
    if (result === before.result) return
    const flags = result?.flags ?? []
    const ordered = ['warning', 'note'].flatMap((severity) => flags.filter((flag) => flag.severity === severity))
    const nothing = element(
      'p',
      { class: 'faint' },
      'Nothing doubtful was noticed, which is no proof that all is well.'
    )
    const list = element('ul', { class: 'flags' }, ...ordered.map((flag) => item(store, scan, flag)))
    panel.replaceChildren(ordered.length === 0 ? nothing : list)
  })
}

function item(store: Store, scan: ScanOnShow, { id, severity, text, side, place }: FlagResult): HTMLElement {
  const result = element('li', { class: severity }, text)
  const earNow = (): EarState | undefined => store.state.ears.find((one) => one.side === side)
  const go = (): void => {
    const ear = earNow()
    if (ear !== undefined && place !== undefined) store.dispatch({ type: 'crosshair', ear: ear.id, place })
  }
  const remove = (): void => {
    const ear = earNow()
    if (ear === undefined || place === undefined) return
    void changeInWorker(store, scan, ear.id, (measurementWorker, { id, grid, labels }) =>
      measurementWorker.removePiece({ id, grid, labels }, place)
    )
  }
  if (place !== undefined) result.append(' ', element('button', { type: 'button', click: go }, 'Go there'))
  if (id === 'loose_piece') result.append(' ', element('button', { type: 'button', click: remove }, 'Remove it'))
  return result
}
