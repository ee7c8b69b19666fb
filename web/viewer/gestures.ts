import type { Vector3 } from '../../src/core/math/vector.ts'
import type { EarState } from '../ear-state.ts'
import { windowOf } from '../look.ts'
import type { Store } from '../store.ts'
import type { SlicePlane, SliceTile, SliceViewer, View } from './viewer.ts'

/** How much one notch of the wheel magnifies. */
const notch = 1.15

/** Degrees that a pixel of a drag turns what is seen in space. */
const degreesPerPixel = 0.5

/** Hounsfield units that a pixel of a drag with the right button changes the window by, of its width. */
const windowPerPixel = 1 / 300

/** Pixels that a finger drags for one slice. */
const pixelsPerSlice = 6

/**
 * What pointers, wheels and keys do on the slices and in space of one ear, as in viewers that people know: wheel = slices,
 * Ctrl and wheel or two fingers = zoom, left = crosshair, right = window, middle or Shift = shift, double click = one view and
 * back. On a touch screen a finger goes through slices and a tap sets the crosshair.
 */
export class Gestures {
  readonly #store: Store
  readonly #viewer: SliceViewer
  readonly #stage: HTMLElement
  readonly #ear: () => EarState | undefined
  readonly #pointers = new Map<number, { readonly x: number; readonly y: number }>()
  /** All that are magnified, shifted and turned at once; this viewer among them. */
  readonly #together: () => readonly SliceViewer[]
  #plane: SlicePlane = 'axial'
  #scrolled = 0

  constructor(
    store: Store,
    viewer: SliceViewer,
    stage: HTMLElement,
    ear: () => EarState | undefined,
    together: () => readonly SliceViewer[] = () => [viewer]
  ) {
    this.#store = store
    this.#together = together
    this.#viewer = viewer
    this.#stage = stage
    this.#ear = ear
    stage.addEventListener('wheel', (event) => this.#wheel(event), { passive: false })
    stage.addEventListener('contextmenu', (event) => event.preventDefault())
    stage.addEventListener('pointerdown', (event) => this.#press(event))
    stage.addEventListener('dblclick', (event) => this.#fill(event))
    stage.addEventListener('keydown', (event) => this.#key(event))
  }

  /** The slice at a pixel of the page. */
  tileAt({ clientX, clientY }: MouseEvent): SliceTile | undefined {
    const { left: originX, top: originY } = this.#stage.getBoundingClientRect()
    const [x, y] = [clientX - originX, clientY - originY]
    return this.#viewer.tiles.find(
      ({ left, top, width, height }) => x >= left && y >= top && x < left + width && y < top + height
    )
  }

  /** The place under a pixel of the page, on its slice. */
  placeUnder(event: MouseEvent, tile: SliceTile): Vector3 | undefined {
    const ear = this.#ear()
    const { left, top } = this.#stage.getBoundingClientRect()
    return ear && tile.placeAt(event.clientX - left, event.clientY - top, ear.crosshair)
  }

  /** The view at a pixel of the page. */
  #viewAt(event: MouseEvent): SlicePlane | View {
    const tile = this.tileAt(event)
    if (tile !== undefined) return tile.plane
    const { full } = this.#store.state.look
    if (full !== undefined) return full
    const { left, top, width, height } = this.#stage.getBoundingClientRect()
    const [right, low] = [event.clientX - left > width / 2, event.clientY - top > height / 2]
    return low ? (right ? 'space' : 'sagittal') : right ? 'coronal' : 'axial'
  }

  #zoom(about: Vector3, factor: number): void {
    for (const viewer of this.#together()) viewer.zoom(about, factor)
  }

  #turn(azimuth: number, elevation: number, factor: number): void {
    for (const viewer of this.#together()) viewer.turn(azimuth, elevation, factor)
  }

  #look(place: Vector3): void {
    const ear = this.#ear()
    if (ear !== undefined) this.#store.dispatch({ type: 'crosshair', ear: ear.id, place })
  }

  #scroll(plane: SlicePlane, slices: number): void {
    const ear = this.#ear()
    if (ear !== undefined && slices !== 0) this.#look(this.#viewer.placeBeside(ear.crosshair, plane, slices))
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    // With Shift some browsers turn a wheel sideways.
    const direction = Math.sign(event.deltaY || event.deltaX)
    const view = this.#viewAt(event)
    const tile = this.tileAt(event)
    const about = tile && this.placeUnder(event, tile)
    // A pinch on a touchpad comes as many small turns of a wheel.
    if (view === 'space') this.#turn(0, 0, notch ** -direction)
    else if (view === 'cochlea') return
    else if (!event.ctrlKey) this.#scroll(view, -direction * (event.shiftKey ? 5 : 1))
    else if (about !== undefined) this.#zoom(about, Math.exp(-Math.max(-50, Math.min(50, event.deltaY)) / 300))
  }

  #press(down: PointerEvent): void {
    if (isOnHandle(down)) return
    this.#pointers.set(down.pointerId, { x: down.clientX, y: down.clientY })
    if (this.#pointers.size === 1) this.#stage.focus({ preventScroll: true })
    const view = this.#viewAt(down)
    const tile = this.tileAt(down)
    if (view !== 'space' && view !== 'cochlea') this.#plane = view
    const isTouch = down.pointerType === 'touch'
    const { tool, window } = this.#store.state.look
    const isDrawing = down.button === 0 && tool !== 'look' && view !== 'space' && !isTouch
    if (isDrawing) {
      this.#pointers.delete(down.pointerId)
      return
    }
    const ending = new AbortController()
    const { signal } = ending
    this.#stage.setPointerCapture(down.pointerId)
    let last = { x: down.clientX, y: down.clientY }
    let isMoved = false
    this.#scrolled = 0
    const move = (event: PointerEvent): void => {
      if (event.pointerId !== down.pointerId) return
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y]
      if (this.#pointers.size > 1) this.#pinch(event, tile)
      this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      last = { x: event.clientX, y: event.clientY }
      isMoved ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > 4
      if (this.#pointers.size > 1) return
      if (down.button === 2) {
        const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY]
        const [level, width] = [(window.low + window.high) / 2, window.high - window.low]
        const next = windowOf(level + y * width * windowPerPixel, width * (1 + x * windowPerPixel))
        this.#store.dispatch({ type: 'look', look: { window: next } })
      } else if (view === 'space') this.#turn(dx * degreesPerPixel, dy * degreesPerPixel, 1)
      else if (tile === undefined) return
      else if (down.button === 1 || down.shiftKey) this.#shift(event, dx, dy, tile)
      else if (isTouch) this.#swipe(dy, tile)
      else this.#lookUnder(event, tile)
    }
    const end = (event: PointerEvent): void => {
      if (event.pointerId !== down.pointerId) return
      this.#pointers.delete(event.pointerId)
      ending.abort()
      const isClick = event.type === 'pointerup' && !isMoved && down.button === 0 && !down.shiftKey
      if (isClick && tile !== undefined && tool === 'look') this.#lookUnder(event, tile)
    }
    this.#stage.addEventListener('pointermove', move, { signal })
    this.#stage.addEventListener('pointerup', end, { signal })
    this.#stage.addEventListener('pointercancel', end, { signal })
  }

  #lookUnder(event: MouseEvent, tile: SliceTile): void {
    const place = this.placeUnder(event, tile)
    if (place !== undefined) this.#look(place)
  }

  #swipe(pixels: number, { plane }: SliceTile): void {
    this.#scrolled += pixels
    const slices = Math.trunc(this.#scrolled / pixelsPerSlice)
    this.#scrolled -= slices * pixelsPerSlice
    this.#scroll(plane, slices)
  }

  #shift({ clientX, clientY }: PointerEvent, dx: number, dy: number, tile: SliceTile): void {
    const { left, top } = this.#stage.getBoundingClientRect()
    const ear = this.#ear()
    if (ear === undefined) return
    const [x, y] = [clientX - left, clientY - top]
    const [from, to] = [tile.placeAt(x - dx, y - dy, ear.crosshair), tile.placeAt(x, y, ear.crosshair)]
    for (const viewer of this.#together()) viewer.shift(from, to)
  }

  /** Two fingers: their distance magnifies. */
  #pinch(event: PointerEvent, tile: SliceTile | undefined): void {
    const [before, other] = [
      this.#pointers.get(event.pointerId),
      [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1]
    ]
    const about = tile && this.placeUnder(event, tile)
    if (before === undefined || other === undefined) return
    const [then, now] = [
      Math.hypot(before.x - other.x, before.y - other.y),
      Math.hypot(event.clientX - other.x, event.clientY - other.y)
    ]
    if (then < 10) return
    if (about === undefined) this.#turn(0, 0, now / then)
    else this.#zoom(about, now / then)
  }

  #fill(event: MouseEvent): void {
    const { full, tool } = this.#store.state.look
    if (tool !== 'look' || isOnHandle(event)) return
    const view = this.#viewAt(event)
    const isOfCochlea = view === 'across' || view === 'along'
    this.#store.dispatch({ type: 'look', look: { full: full === undefined && !isOfCochlea ? view : undefined } })
  }

  #key(event: KeyboardEvent): void {
    const ear = this.#ear()
    if (event.target !== this.#stage || ear === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const tile = this.#viewer.tiles.find(({ plane }) => plane === this.#plane) ?? this.#viewer.tiles[0]
    const [across, down] = arrows[event.key] ?? []
    const factor = { '+': notch, '=': notch, '-': 1 / notch }[event.key]
    const slices = { PageUp: 1, PageDown: -1 }[event.key]
    const views: Readonly<Record<string, View>> = {
      '1': 'axial',
      '2': 'coronal',
      '3': 'sagittal',
      '4': 'space',
      '5': 'cochlea'
    }
    const view = views[event.key]
    if (slices !== undefined && tile !== undefined) this.#scroll(tile.plane, slices * (event.shiftKey ? 5 : 1))
    else if (factor !== undefined) this.#zoom(ear.crosshair, factor)
    else if (event.key.toLowerCase() === 'r') for (const viewer of this.#together()) viewer.reset()
    else if (view !== undefined) this.#store.dispatch({ type: 'look', look: { full: view } })
    else if (event.key === '0') this.#store.dispatch({ type: 'look', look: { full: undefined } })
    else if (across !== undefined && down !== undefined && tile !== undefined) {
      const { x, y } = tile.locate(ear.crosshair)
      const pixel = tile.placeAt(x + across, y + down, ear.crosshair)
      const length = Math.hypot(...pixel.map((mm, axis) => mm - (ear.crosshair[axis] as number)))
      const step = Math.min(...ear.grid.spacing) / length
      this.#look(tile.placeAt(x + across * step, y + down * step, ear.crosshair))
    } else return
    event.preventDefault()
  }
}

/** The handle of a landmark or a contact has gestures of its own. */
export function isOnHandle({ target }: Event): boolean {
  return target instanceof Element && target.closest('.handle') !== null
}

/** Steps to the right and down, by key. */
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
}
