import { type LandmarkId, landmarkKinds } from '../../src/core/anatomy.ts'
import { add, distance, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { type EarState, landmarkAt } from '../ear-state.ts'
import { css, element } from '../element.ts'
import type { Store } from '../store.ts'
import type { SliceTile, SliceViewer } from './viewer.ts'

/** A landmark is shown on slices up to this far from it, mm; fainter the farther. */
const nearEnough = 1.5

/** How far an arrow key moves a landmark, mm, and with Shift. */
const nudge = { fine: 0.1, coarse: 0.5 } as const

/**
 * The landmarks on the slices of one ear: buttons with their names that are dragged, or moved with the arrow keys.
 * Every move goes through the store; when the pointer lets go, it becomes a change on record.
 */
export class Handles {
  readonly layer = element('div', { class: 'handles' })
  readonly #buttons = new Map<string, HTMLElement>()
  readonly #store: Store
  readonly #viewer: SliceViewer
  readonly #ear: () => EarState | undefined
  readonly #isFixed: boolean

  /** @param isFixed whether landmarks are looked at only */
  constructor(store: Store, viewer: SliceViewer, ear: () => EarState | undefined, isFixed = false) {
    this.#store = store
    this.#viewer = viewer
    this.#ear = ear
    this.#isFixed = isFixed
  }

  /** Puts every landmark where it is seen on the slices as they are now. */
  place(): void {
    const ear = this.#ear()
    if (ear === undefined) return
    const { hidden } = this.#store.state.look
    const placed = new Set<HTMLElement>()
    for (const tile of this.#viewer.tiles) {
      for (const landmark of ear.landmarks) {
        const button = this.#button(tile.plane, landmark.id, ear.side)
        if (landmark.status !== 'defined' || hidden.includes(landmark.id)) continue
        placed.add(button)
        const { x, y, depth } = tile.locate(landmark.position)
        const inside = x > tile.left && y > tile.top && x < tile.left + tile.width && y < tile.top + tile.height
        button.hidden = !inside || Math.abs(depth) > nearEnough
        button.style.transform = `translate(${x}px, ${y}px)`
        button.style.opacity = String(1 - (0.7 * Math.abs(depth)) / nearEnough)
        button.classList.toggle('leftward', x > tile.left + 0.65 * tile.width)
      }
    }
    // One that has the focus would lose it if it were hidden for a moment.
    for (const button of this.#buttons.values()) if (!placed.has(button)) button.hidden = true
  }

  #button(plane: SliceTile['plane'], id: LandmarkId, side: EarState['side']): HTMLElement {
    const key = `${plane} ${id}`
    const known = this.#buttons.get(key)
    if (known !== undefined) return known
    const { name = id, color = [255, 255, 255] } = landmarkKinds.find((kind) => kind.id === id) ?? {}
    const label = `${name}, ${side} ear, ${plane} slice: drag it or move it with the arrow keys`
    const dot = element('i')
    dot.style.background = css(color as readonly [number, number, number])
    const words = element('span', {}, name)
    if (this.#isFixed) return this.#kept(key, element('div', { class: 'handle fixed' }, dot, words))
    const attributes = { type: 'button', class: 'handle', 'aria-label': label, 'data-handle': key }
    const button = element('button', attributes, dot, words)
    button.addEventListener('pointerdown', (event) => this.#drag(event, button, plane, id))
    button.addEventListener('keydown', (event) => this.#nudge(event, plane, id))
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

  #position(id: LandmarkId): Vector3 | undefined {
    const landmark = this.#ear()?.landmarks.find((candidate) => candidate.id === id)
    return landmark?.status === 'defined' ? landmark.position : undefined
  }

  #drag(down: PointerEvent, button: HTMLButtonElement, plane: SliceTile['plane'], id: LandmarkId): void {
    const [tile, start, ear] = [this.#tile(plane), this.#position(id), this.#ear()?.id]
    const from = this.#ear()?.landmarks.find((candidate) => candidate.id === id)
    if (tile === undefined || start === undefined || ear === undefined || from === undefined) return
    const grip = tile.locate(start)
    const placeAt = (event: PointerEvent): Vector3 => {
      const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY]
      // Screen and back would move a landmark that was only clicked by a rounding error.
      return x === 0 && y === 0 ? start : tile.placeAt(grip.x + x, grip.y + y, start)
    }
    const ending = new AbortController()
    const { signal } = ending
    button.setPointerCapture(down.pointerId)
    button.classList.add('held')
    const end = (place: Vector3 | undefined): void => {
      ending.abort()
      button.classList.remove('held')
      if (place === undefined || place === start) {
        this.#store.dispatch({ type: 'dragged', ear, landmark: from })
        return
      }
      const change = { what: 'landmark', ear, from, to: landmarkAt(id, place) } as const
      this.#store.dispatch({ type: 'changed', change, at: new Date().toISOString() })
    }
    button.addEventListener(
      'pointermove',
      (event) => this.#store.dispatch({ type: 'dragged', ear, landmark: landmarkAt(id, placeAt(event)) }),
      { signal }
    )
    button.addEventListener('pointerup', (event) => end(placeAt(event)), { signal })
    button.addEventListener('pointercancel', () => end(undefined), { signal })
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && end(undefined), { signal })
  }

  #nudge(event: KeyboardEvent, plane: SliceTile['plane'], id: LandmarkId): void {
    const [across, down] =
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? []
    const [tile, start, ear] = [this.#tile(plane), this.#position(id), this.#ear()?.id]
    const from = this.#ear()?.landmarks.find((candidate) => candidate.id === id)
    if (across === undefined || down === undefined || !tile || !start || !ear || !from) return
    event.preventDefault()
    const { x, y } = tile.locate(start)
    const pixel = subtract(tile.placeAt(x + across, y + down, start), tile.placeAt(x, y, start))
    const step = (event.shiftKey ? nudge.coarse : nudge.fine) / distance(pixel, [0, 0, 0])
    const change = { what: 'landmark', ear, from, to: landmarkAt(id, add(start, scale(pixel, step))) } as const
    this.#store.dispatch({ type: 'changed', change, at: new Date().toISOString() })
  }
}
