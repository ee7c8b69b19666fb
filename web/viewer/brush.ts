import type { EarState } from '../ear-state.ts'
import { element } from '../element.ts'
import type { Store } from '../store.ts'
import { beginStroke, type Stroke } from './stroke.ts'
import type { SliceTile, Viewer } from './viewer.ts'

/** Paints and erases labels on the slices of one ear, while the tool is the brush. */
export class Brush {
  readonly layer = element('div', { class: 'brush-layer', hidden: true })
  readonly #ring = element('div', { class: 'ring', hidden: true })
  readonly #store: Store
  readonly #viewer: Viewer
  readonly #ear: () => EarState | undefined
  #stroke: { readonly stroke: Stroke; readonly tile: SliceTile } | undefined

  constructor(store: Store, viewer: Viewer, ear: () => EarState | undefined) {
    this.#store = store
    this.#viewer = viewer
    this.#ear = ear
    this.layer.append(this.#ring)
    this.layer.addEventListener('pointerdown', (event) => this.#begin(event))
    this.layer.addEventListener('pointermove', (event) => this.#move(event))
    this.layer.addEventListener('pointerup', () => this.#end())
    this.layer.addEventListener('pointercancel', () => this.#end())
    this.layer.addEventListener('pointerleave', () => {
      this.#ring.hidden = true
    })
  }

  show(): void {
    const { tool } = this.#store.state.look
    this.layer.hidden = tool !== 'paint' && tool !== 'erase'
  }

  #begin(event: PointerEvent): void {
    const [ear, tile] = [this.#ear(), this.#tileUnder(event)]
    if (ear === undefined || tile === undefined || event.button !== 0) return
    const { tool, label, brush } = this.#store.state.look
    this.layer.setPointerCapture(event.pointerId)
    const stroke = beginStroke(ear.grid, ear.labels, tile.plane, brush, tool === 'erase' ? 0 : label)
    this.#stroke = { stroke, tile }
    this.#paint(event)
  }

  #move(event: PointerEvent): void {
    this.#showRing(event)
    if (this.#stroke !== undefined) this.#paint(event)
  }

  #paint(event: PointerEvent): void {
    const ear = this.#ear()
    if (ear === undefined || this.#stroke === undefined) return
    const { stroke, tile } = this.#stroke
    stroke.moveTo(tile.placeAt(...this.#pixel(event), ear.crosshair))
    this.#viewer.setLabels(stroke.labels)
  }

  #end(): void {
    const [ear, ended] = [this.#ear(), this.#stroke?.stroke.end()]
    this.#stroke = undefined
    if (ear === undefined || ended === undefined) return
    const change = { what: 'labels', ear: ear.id, ...ended } as const
    this.#store.dispatch({ type: 'changed', change, at: new Date().toISOString() })
  }

  #showRing(event: PointerEvent): void {
    const [ear, tile] = [this.#ear(), this.#stroke?.tile ?? this.#tileUnder(event)]
    this.#ring.hidden = tile === undefined || ear === undefined
    if (tile === undefined || ear === undefined) return
    const [x, y] = this.#pixel(event)
    const [a, b] = [tile.placeAt(x, y, ear.crosshair), tile.placeAt(x + 1, y, ear.crosshair)]
    const pixels = this.#store.state.look.brush / Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
    this.#ring.style.transform = `translate(${x - pixels / 2}px, ${y - pixels / 2}px)`
    this.#ring.style.width = `${pixels}px`
    this.#ring.style.height = `${pixels}px`
  }

  #tileUnder(event: MouseEvent): SliceTile | undefined {
    const [x, y] = this.#pixel(event)
    return this.#viewer.tiles.find(
      ({ left, top, width, height }) => x >= left && y >= top && x < left + width && y < top + height
    )
  }

  #pixel({ clientX, clientY }: MouseEvent): [number, number] {
    const { left, top } = this.layer.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }
}
