import type { Vector3 } from '../../src/core/math/vector.ts'
import type { EarState } from '../ear-state.ts'
import { acceptedIn } from '../edit/accepted.ts'
import { fillRegion } from '../edit/fill-region.ts'
import { beginStroke, type Stroke } from '../edit/stroke.ts'
import { element } from '../element.ts'
import { isEditing } from '../look.ts'
import type { Store } from '../store.ts'
import type { Plane, SliceTile, Viewer } from './viewer.ts'

/** Paints, fills and erases labels on the slices of one ear, while the tool is one of these. */
export class Brush {
  readonly layer = element('div', { class: 'brush-layer', hidden: true })
  readonly #ring = element('div', { class: 'ring', hidden: true })
  readonly #store: Store
  readonly #viewer: Viewer
  readonly #ear: () => EarState | undefined
  #stroke: { readonly stroke: Stroke; readonly tile: SliceTile<Plane> } | undefined

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
    this.layer.hidden = !isEditing(this.#store.state.look)
  }

  #begin(event: PointerEvent): void {
    const [ear, tile] = [this.#ear(), this.#tileUnder(event)]
    if (ear === undefined || tile === undefined || event.button !== 0) return
    const { look } = this.#store.state
    const { tool, label, brush: diameter, brushShape: shape } = look
    if (tool === 'fill') {
      this.#fill(ear, tile, tile.placeAt(...this.#pixel(event), ear.crosshair))
      return
    }
    this.layer.setPointerCapture(event.pointerId)
    const tip = { shape, diameter, to: tool === 'erase' ? 0 : label, accepts: acceptedIn(ear, look) }
    const stroke = beginStroke(ear.grid, ear.labels, tile.plane, tip)
    this.#stroke = { stroke, tile }
    this.#paint(event)
  }

  #fill(ear: EarState, { plane }: SliceTile<Plane>, place: Vector3): void {
    const { look } = this.#store.state
    const filled = fillRegion(ear.grid, ear.labels, plane, place, look.label, acceptedIn(ear, look))
    if (filled === 'open') {
      const text =
        'Nothing bounds this region: it reaches the edge of the slice. Close its outline, or set a threshold.'
      this.#store.dispatch({ type: 'notice', text })
      return
    }
    if (filled === undefined) return
    const at = new Date().toISOString()
    this.#store.dispatch({ type: 'changed', change: { what: 'labels', ear: ear.id, ...filled }, at })
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
    this.#viewer.setLabels(stroke.labels, stroke.slices)
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
    this.#ring.hidden = tile === undefined || ear === undefined || this.#store.state.look.tool === 'fill'
    if (tile === undefined || ear === undefined) return
    const [x, y] = this.#pixel(event)
    const [a, b] = [tile.placeAt(x, y, ear.crosshair), tile.placeAt(x + 1, y, ear.crosshair)]
    const pixels = this.#store.state.look.brush / Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
    this.#ring.style.transform = `translate(${x - pixels / 2}px, ${y - pixels / 2}px)`
    this.#ring.style.width = `${pixels}px`
    this.#ring.style.height = `${pixels}px`
  }

  #tileUnder(event: MouseEvent): SliceTile<Plane> | undefined {
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
