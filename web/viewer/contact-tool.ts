import type { Vector3 } from '../../src/core/math/vector.ts'
import { missingContacts, placingChange } from '../ear-implant.ts'
import type { EarState } from '../ear-state.ts'
import type { Store } from '../store.ts'
import { type Gestures, isOnHandle } from './gestures.ts'

/**
 * While that is the tool, places the next contact of an array that was not found, from the apex to the base: at a click into a slice
 * of one ear, or by Enter at the crosshair.
 */
export function contactTool(
  store: Store,
  gestures: Gestures,
  stage: HTMLElement,
  ear: () => EarState | undefined
): void {
  const isOn = (): boolean => store.state.look.tool === 'contact'
  stage.addEventListener('pointerdown', (event) => {
    // A finger scrolls slices under every tool.
    if (event.button !== 0 || event.pointerType === 'touch' || !isOn() || isOnHandle(event)) return
    const tile = gestures.tileAt(event)
    const place = tile && gestures.placeUnder(event, tile)
    const now = ear()
    if (place !== undefined && now !== undefined) placeNext(store, now, place)
  })
  stage.addEventListener('keydown', (event) => {
    const now = ear()
    if (event.target !== stage || event.key !== 'Enter' || !isOn() || now === undefined) return
    placeNext(store, now, now.crosshair)
  })
}

function placeNext(store: Store, ear: EarState, place: Vector3): void {
  const [order] = missingContacts(ear.implant)
  if (order === undefined) {
    const text = `In the ${ear.side} ear no contact is to be placed: name its array first, or drag the contacts that it has.`
    store.dispatch({ type: 'notice', text })
    return
  }
  const change = placingChange(ear, order, place)
  if (change === undefined) return
  store.dispatch({ type: 'changed', change, at: new Date().toISOString() })
  store.dispatch({ type: 'crosshair', ear: ear.id, place })
}
