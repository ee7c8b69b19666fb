import { add, distance, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { cssColor } from '../../src/core/plots/svg.ts'
import type { EarState } from '../ear-state.ts'
import { element } from '../element.ts'
import type { Store } from '../store.ts'
import { type Mark, marksOf } from './marks.ts'
import type { SliceTile, SliceViewer } from './viewer.ts'

/** A mark is shown on slices up to this far from it, mm; fainter the farther. */
const nearEnough = 1.5

/** How far an arrow key moves a mark, mm, and with Shift. */
const nudge = { fine: 0.1, coarse: 0.5 } as const

/**
 * The landmarks and contacts on the slices of one ear: buttons with their names that are dragged, or moved with the arrow
 * keys. Every move goes through the store; when the pointer lets go, it becomes a change on record.
 */
export class Handles {
  readonly layer = element('div', { class: 'handles' })
  readonly #buttons = new Map<string, HTMLElement>()
  readonly #store: Store
  readonly #viewer: SliceViewer
  readonly #ear: () => EarState | undefined
  readonly #isFixed: boolean

  /** @param isFixed whether marks are looked at only */
  constructor(store: Store, viewer: SliceViewer, ear: () => EarState | undefined, isFixed = false) {
    this.#store = store
    this.#viewer = viewer
    this.#ear = ear
    this.#isFixed = isFixed
  }

  /** Puts every mark where it is seen on the slices as they are now. */
  place(): void {
    const ear = this.#ear()
    if (ear === undefined) return
    const marks = marksOf(ear, this.#store.state.look)
    const placed = new Set<HTMLElement>()
    for (const tile of this.#viewer.tiles) {
      for (const mark of marks) {
        const button = this.#button(tile.plane, mark, ear.side)
        placed.add(button)
        const { x, y, depth } = tile.locate(mark.place)
        const inside = x > tile.left && y > tile.top && x < tile.left + tile.width && y < tile.top + tile.height
        button.hidden = !inside || Math.abs(depth) > nearEnough
        button.style.transform = `translate(${x}px, ${y}px)`
        button.style.opacity = String(1 - (0.7 * Math.abs(depth)) / nearEnough)
        // Of several in one place the one that lies on the slice is taken hold of.
        button.style.zIndex = String(Math.round(10 * (nearEnough - Math.abs(depth))))
        button.classList.toggle('leftward', x > tile.left + 0.65 * tile.width)
      }
    }
    // One that has the focus would lose it if it were hidden for a moment.
    for (const button of this.#buttons.values()) if (!placed.has(button)) button.hidden = true
  }

  #button(plane: SliceTile['plane'], mark: Mark, side: EarState['side']): HTMLElement {
    const key = `${plane} ${mark.key}`
    const known = this.#buttons.get(key)
    const dot = known?.querySelector('i') ?? element('i')
    // Another array may have another number of contacts, and with it other colours.
    dot.style.background = cssColor(mark.color)
    if (known !== undefined) return known
    const label = `${mark.name}, ${side} ear, ${plane} slice: drag it or move it with the arrow keys`
    const words = element('span', {}, mark.text)
    if (this.#isFixed) return this.#kept(key, element('div', { class: `handle fixed ${mark.kind}` }, dot, words))
    const attributes = { type: 'button', class: `handle ${mark.kind}`, 'aria-label': label, 'data-handle': key }
    const button = element('button', attributes, dot, words)
    button.addEventListener('pointerdown', (event) => this.#drag(event, button, plane, mark.key))
    button.addEventListener('keydown', (event) => this.#nudge(event, plane, mark.key))
    return this.#kept(key, button)
  }

  #kept(key: string, mark: HTMLElement): HTMLElement {
    this.#buttons.set(key, mark)
    this.layer.append(mark)
    return mark
  }

  #tile(plane: SliceTile['plane']): SliceTile | undefined {
    return this.#viewer.tiles.find((tile) => tile.plane === plane)
  }

  /** The mark as it is now. */
  #mark(key: string): Mark | undefined {
    const ear = this.#ear()
    return ear && marksOf(ear, this.#store.state.look).find((mark) => mark.key === key)
  }

  #drag(down: PointerEvent, button: HTMLButtonElement, plane: SliceTile['plane'], key: string): void {
    const [tile, mark] = [this.#tile(plane), this.#mark(key)]
    if (tile === undefined || mark === undefined) return
    const { place: start } = mark
    const grip = tile.locate(start)
    const placeAt = (event: PointerEvent): Vector3 => {
      const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY]
      // Screen and back would move a mark that was only clicked by a rounding error.
      return x === 0 && y === 0 ? start : tile.placeAt(grip.x + x, grip.y + y, start)
    }
    const ending = new AbortController()
    const { signal } = ending
    button.setPointerCapture(down.pointerId)
    button.classList.add('held')
    const end = (place: Vector3 | undefined): void => {
      ending.abort()
      button.classList.remove('held')
      // The pane was closed meanwhile, and with it the ear that was dragged in.
      if (!button.isConnected) return
      this.#store.dispatch(place === undefined || place === start ? mark.released() : mark.changed(place))
    }
    button.addEventListener('pointermove', (event) => this.#store.dispatch(mark.dragged(placeAt(event))), { signal })
    button.addEventListener('pointerup', (event) => end(placeAt(event)), { signal })
    button.addEventListener('pointercancel', () => end(undefined), { signal })
    document.addEventListener('keydown', ({ key: pressed }) => pressed === 'Escape' && end(undefined), { signal })
  }

  #nudge(event: KeyboardEvent, plane: SliceTile['plane'], key: string): void {
    const [across, down] =
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? []
    const [tile, mark] = [this.#tile(plane), this.#mark(key)]
    if (across === undefined || down === undefined || !tile || !mark) return
    event.preventDefault()
    const { place: start } = mark
    const { x, y } = tile.locate(start)
    const pixel = subtract(tile.placeAt(x + across, y + down, start), tile.placeAt(x, y, start))
    const step = (event.shiftKey ? nudge.coarse : nudge.fine) / distance(pixel, [0, 0, 0])
    this.#store.dispatch(mark.changed(add(start, scale(pixel, step))))
  }
}
