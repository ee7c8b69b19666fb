import type { EarId } from '../ear-id.ts'
import { byId } from '../element.ts'
import { shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { Pane } from './pane.ts'

/** One pane for each ear, side by side. @returns the panes on show, left to right */
export function showPanes(store: Store): () => readonly Pane[] {
  const panes = new Map<EarId, Pane>()
  const shownPanes = (): Pane[] => shownEars(store.state).flatMap(({ id }) => panes.get(id) ?? [])
  store.listen((state, before) => {
    // The library that draws is fetched while the networks work.
    if (state.phase === 'working' && before.phase !== 'working') void import('../viewer/niivue-viewer.ts')
    if (state.phase !== 'ready') {
      for (const pane of panes.values()) pane.close()
      panes.clear()
      return
    }
    for (const ear of shownEars(state)) if (!panes.has(ear.id)) panes.set(ear.id, new Pane(store, ear))
    const roots = shownPanes().map(({ root }) => root)
    const place = byId('panes')
    // A canvas that is moved loses its picture, so that none is moved without need.
    if (roots.length !== place.children.length || roots.some((root, n) => root !== place.children[n])) {
      place.replaceChildren(...roots)
    }
  })
  return shownPanes
}
