import type { EarState } from '../ear-state.ts'
import { nothingPlanned } from '../plan/planning.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import type { Comparison } from './comparison.ts'

/**
 * The store as the pane of a compared ear sees it: that ear in the place of the one it is compared with. Crosshair, rulers and
 * how things are looked at are those of the page, so that what is done in one pane is done in both. Nothing is planned in it.
 */
export function comparedStore(store: Store, { ears }: Comparison): Store {
  const seen = new WeakMap<EarState, EarState>()
  const seenOf = (shown: EarState): EarState[] => {
    const other = ears[shown.id]?.ear
    if (other === undefined) return []
    const known = seen.get(shown)
    if (known !== undefined) return [known]
    const made = { ...other, crosshair: shown.crosshair }
    seen.set(shown, made)
    return [made]
  }
  const view = (state: State): State => ({ ...state, ears: state.ears.flatMap(seenOf), planning: nothingPlanned })
  return {
    get state() {
      return view(store.state)
    },
    dispatch: (action) => store.dispatch(action),
    listen: (listener) => store.listen((state, before) => listener(view(state), view(before)))
  }
}
