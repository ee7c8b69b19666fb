import { shownEars } from './state.ts'
import type { Store } from './store.ts'

/** On a phone there is room for one view of one ear. */
export function keepNarrow(store: Store): void {
  const narrow = matchMedia('(max-width: 600px)')
  const follow = (): void => {
    const { phase, look } = store.state
    if (phase !== 'ready' || !narrow.matches) return
    const [first] = shownEars(store.state)
    const isEveryEar = look.ear === 'both' && store.state.ears.length > 1
    if (look.full !== undefined && !isEveryEar) return
    const ear = isEveryEar && first !== undefined ? first.id : look.ear
    store.dispatch({ type: 'look', look: { full: look.full ?? 'axial', ear } })
  }
  narrow.addEventListener('change', follow)
  store.listen(follow)
}
