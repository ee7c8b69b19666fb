import { byId, element } from '../element.ts'
import type { Store } from '../store.ts'

/** What a reader should know before using the numbers: warnings first. */
export function showFlags(store: Store): void {
  const panel = byId('flags')
  store.listen(({ result }, before) => {
    if (result === before.result) return
    const flags = result?.flags ?? []
    const ordered = ['warning', 'note'].flatMap((severity) => flags.filter((flag) => flag.severity === severity))
    panel.replaceChildren(
      ordered.length === 0
        ? element('p', { class: 'faint' }, 'Nothing doubtful was noticed, which is no proof that all is well.')
        : element(
            'ul',
            { class: 'flags' },
            ...ordered.map(({ severity, text, side, place }) => {
              const jump = (): void => {
                if (side !== undefined && place !== undefined) store.dispatch({ type: 'crosshair', side, place })
              }
              const go = element('button', { type: 'button', click: jump }, 'Go there')
              return element('li', { class: severity }, text, ...(place === undefined ? [] : [' ', go]))
            })
          )
    )
  })
}
