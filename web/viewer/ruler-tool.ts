import type { Vector3 } from '../../src/core/math/vector.ts'
import type { EarState } from '../ear-state.ts'
import type { Ruler } from '../rulers.ts'
import type { Store } from '../store.ts'
import type { Gestures } from './gestures.ts'
import type { SliceTile } from './viewer.ts'

/** Puts distances (a drag) and angles (three clicks) on the slices of one ear, while the tool is one of them. */
export class RulerTool {
  /** The one that is being put, as it is now. */
  draft: Ruler | undefined
  readonly #store: Store
  readonly #gestures: Gestures
  readonly #ear: () => EarState | undefined
  readonly #changed: () => void
  #tile: SliceTile | undefined

  /** @param changed is called when the draft is another */
  constructor(
    store: Store,
    gestures: Gestures,
    stage: HTMLElement,
    ear: () => EarState | undefined,
    changed: () => void
  ) {
    this.#store = store
    this.#gestures = gestures
    this.#ear = ear
    this.#changed = changed
    stage.addEventListener('pointerdown', (event) => this.#press(event))
    stage.addEventListener('pointermove', (event) => this.#move(event))
    stage.addEventListener('pointerup', (event) => this.#release(event))
  }

  /** Gives up what is being put. */
  drop(): void {
    this.#set(undefined)
  }

  #press(event: PointerEvent): void {
    const { tool } = this.#store.state.look
    if (event.button !== 0 || (tool !== 'distance' && tool !== 'angle')) return
    const tile = this.#gestures.tileAt(event)
    const place = tile && this.#gestures.placeUnder(event, tile)
    const ear = this.#ear()
    if (place === undefined || ear === undefined) return
    const { draft } = this
    if (draft === undefined) {
      this.#tile = tile
      this.#set({ ear: ear.id, places: [place, place] })
    } else if (tool === 'angle' && draft.places.length === 2) {
      this.#set({ ...draft, places: [...draft.places.slice(0, 1), place, place] })
    } else if (tool === 'angle') this.#finish([...draft.places.slice(0, 2), place])
  }

  #move(event: PointerEvent): void {
    if (this.draft === undefined || this.#tile === undefined) return
    const place = this.#gestures.placeUnder(event, this.#tile)
    if (place !== undefined) this.#set({ ...this.draft, places: [...this.draft.places.slice(0, -1), place] })
  }

  #release(event: PointerEvent): void {
    const { draft } = this
    if (draft === undefined || this.#store.state.look.tool !== 'distance') return
    this.#move(event)
    this.#finish(this.draft?.places ?? [])
  }

  #finish(places: readonly Vector3[]): void {
    const [a, b] = places
    const { draft } = this
    this.#set(undefined)
    if (draft === undefined || a === undefined || b === undefined || a.every((mm, axis) => mm === b[axis])) return
    this.#store.dispatch({ type: 'ruler', ruler: { ear: draft.ear, places } })
  }

  #set(draft: Ruler | undefined): void {
    this.draft = draft
    this.#changed()
  }
}
