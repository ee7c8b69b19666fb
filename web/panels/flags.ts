import type { FlagResult } from '../../src/report/result.ts'
import type { EarState } from '../ear-state.ts'
import { withoutLoosePiece } from '../edit/loose-piece.ts'
import { byId, element } from '../element.ts'
import type { Store } from '../store.ts'

/** What a reader should know before using the numbers: warnings first. */
export function showFlags(store: Store): void {
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
    const list = element('ul', { class: 'flags' }, ...ordered.map((flag) => item(store, flag)))
    panel.replaceChildren(ordered.length === 0 ? nothing : list)
  })
}

function item(store: Store, { id, severity, text, side, place }: FlagResult): HTMLElement {
  const result = element('li', { class: severity }, text)
  const earNow = (): EarState | undefined => store.state.ears.find((one) => one.side === side)
  const go = (): void => {
    const ear = earNow()
    if (ear !== undefined && place !== undefined) store.dispatch({ type: 'crosshair', ear: ear.id, place })
  }
  const remove = (): void => {
    const ear = earNow()
    const change = ear && place && withoutLoosePiece(ear, place)
    if (change !== undefined) store.dispatch({ type: 'changed', change, at: new Date().toISOString() })
  }
  if (place !== undefined) result.append(' ', element('button', { type: 'button', click: go }, 'Go there'))
  if (id === 'loose_piece') result.append(' ', element('button', { type: 'button', click: remove }, 'Remove it'))
  return result
}
