import { byId, element } from '../element.ts'
import { holdSession } from '../hold-session.ts'
import type { ScanInput } from '../scan-files.ts'
import type { Store } from '../store.ts'
import { forgetSession, type KeptSession, keptSessions } from '../worker/kept-sessions.ts'

/** Sessions that the browser kept when the page was left: to go on with, or to be forgotten. */
export function showKept(store: Store, open: (input: ScanInput) => void): void {
  const panel = byId('kept')
  const forget = async ({ id, name }: KeptSession): Promise<void> => {
    const letGo = await holdSession(id)
    if (letGo === undefined) {
      store.dispatch({ type: 'notice', text: `${name} is open in another tab; close it there.` })
      return
    }
    await forgetSession(id)
    letGo()
    await show()
  }
  const show = async (): Promise<void> => {
    const sessions = await keptSessions()
    const rows = sessions.map((session) => row(session, open, () => void forget(session)))
    const heading = element('h2', {}, 'Go on where you left off')
    panel.replaceChildren(...(rows.length === 0 ? [] : [heading, element('ul', {}, ...rows)]))
  }
  store.listen((state, before) => {
    if (state.phase === 'empty' && (before.phase !== 'empty' || state === before)) void show()
  })
}

function row(session: KeptSession, open: (input: ScanInput) => void, forget: () => void): HTMLElement {
  const { id, name, at, log } = session
  const count = log.length === 1 ? '1 correction' : `${log.length} corrections`
  return element(
    'li',
    {},
    element('button', { type: 'button', click: () => open({ name, content: id }) }, name),
    element('span', { class: 'faint' }, `${count}, ${new Date(at).toLocaleString()}`),
    element('button', { type: 'button', 'aria-label': `Forget ${name}`, click: forget }, 'Forget')
  )
}
