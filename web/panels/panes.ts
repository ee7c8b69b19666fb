import { applyAffine } from '../../src/core/geometry/geometry.ts'
import { comparedStore } from '../compare/compared-store.ts'
import type { ComparedEar, Comparison } from '../compare/comparison.ts'
import type { EarId } from '../ear-id.ts'
import type { EarState } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { type State, shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { sideName } from './landmarks.ts'
import { Pane } from './pane.ts'

/** One pane for each ear, side by side, or one ear and what it is compared with. @returns the panes on show, left to right */
export function showPanes(store: Store): () => readonly Pane[] {
  const panes = new Map<EarId, Pane>()
  let other: { readonly pane: Pane; readonly of: ComparedEar } | undefined
  const shownPanes = (): Pane[] => {
    const own = shownEars(store.state).flatMap(({ id }) => panes.get(id) ?? [])
    return other === undefined ? own : [...own, other.pane]
  }
  const together = (): NonNullable<Pane['viewer']>[] => shownPanes().flatMap(({ viewer }) => viewer ?? [])
  const paneOf = (ear: EarState): Pane =>
    new Pane(store, ear, {
      title: (state, { side }) => `${sideName(side)} ear${state.comparison === null ? '' : ` · ${ownName(state)}`}`,
      isFixed: false,
      // Two ears that are not compared are looked at one by one.
      together: () => (store.state.comparison === null ? [panes.get(ear.id)?.viewer ?? []].flat() : together()),
      ownPlace: (place) => place
    })
  const otherOf = (comparison: Comparison, compared: ComparedEar): Pane =>
    new Pane(comparedStore(store, comparison), compared.ear, {
      title: (_, { side }) => `${sideName(side)} ear · ${comparison.name}`,
      isFixed: true,
      together,
      ownPlace: (place) => applyAffine(compared.link.toOther, place)
    })
  const closeOther = (): void => {
    other?.pane.close()
    other = undefined
  }
  store.listen((state, before) => {
    // The library that draws is fetched while the networks work.
    if (state.phase === 'working' && before.phase !== 'working') void import('../viewer/niivue-viewer.ts')
    if (state.phase !== 'ready') {
      closeOther()
      for (const pane of panes.values()) pane.close()
      panes.clear()
      return
    }
    // An ear that was outlined anew may be shown in another part of the scan.
    for (const { id, image } of state.ears) {
      const known = panes.get(id)
      if (known === undefined || known.image === image) continue
      known.close()
      panes.delete(id)
    }
    const [ear] = shownEars(state)
    const { comparison } = state
    const compared = ear && comparison?.ears[ear.id]
    if (compared !== other?.of) closeOther()
    for (const shown of shownEars(state)) if (!panes.has(shown.id)) panes.set(shown.id, paneOf(shown))
    if (comparison && compared && other === undefined) other = { pane: otherOf(comparison, compared), of: compared }
    const roots: Element[] = shownPanes().map(({ root }) => root)
    other?.pane.root.classList.add('other')
    const place = byId('panes')
    place.classList.toggle('comparing', comparison !== null)
    place.dataset.front = state.look.front
    if (comparison !== null && other === undefined) roots.push(noPartner(place, comparison, ear))
    // A canvas that is moved loses its picture, so that none is moved without need.
    if (roots.length !== place.children.length || roots.some((root, n) => root !== place.children[n])) {
      place.replaceChildren(...roots)
    }
  })
  return shownPanes
}

/** What the shown ear's pane is called beside another. */
function ownName({ comparison, scanName, log }: State): string {
  if (comparison?.against === 'scan') return scanName
  return log.length === 0 ? 'as it was found' : 'as it is now'
}

/** What stands in place of an ear that the other scan does not show. */
function noPartner(place: Element, { name }: Comparison, ear: EarState | undefined): Element {
  const text = `${name} shows nothing of the ${ear?.side} ear.`
  const known = place.querySelector('.no-partner')
  return known?.textContent === text ? known : element('p', { class: 'pane other no-partner' }, text)
}
