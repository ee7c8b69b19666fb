import { type PartId, parts } from '../../src/core/anatomy.ts'
import { cross, dot, normalize, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import { cssColor } from '../../src/core/plots/svg.ts'
import { sectionOutlines } from '../../src/report/picture/section.ts'
import type { EarState } from '../ear-state.ts'
import type { Look } from '../look.ts'
import { type Ruler, rulerText } from '../rulers.ts'
import { svgElement } from '../svg-element.ts'
import type { SliceTile, SliceViewer } from './viewer.ts'

/** What is drawn over the slices, and of what. */
export interface Overlaid {
  readonly ear: EarState
  readonly look: Look
  /** Whether the surfaces are those of the labels as they are now. */
  readonly hasSurfaces: boolean
  readonly rulers: readonly Ruler[]
  /** Where contacts are planned, LPS mm. */
  readonly planned: readonly Vector3[]
}

/** Pixels around the crosshair's middle that stay free. */
const gap = 10

/** A ruler, and a contact that is planned, is shown on slices up to this far from it, mm. */
const nearEnough = 1

/** Lines over the slices of one ear: outlines cut from its smooth surfaces, the crosshair, distances and angles. */
export class Overlay {
  readonly layer = svgElement('svg', { class: 'overlay', 'aria-hidden': 'true' })
  readonly #viewer: SliceViewer
  readonly #sections = new Map<string, Section>()

  constructor(viewer: SliceViewer) {
    this.#viewer = viewer
  }

  draw({ ear, look, hasSurfaces, rulers, planned }: Overlaid): void {
    // While the page is laid out anew, a slice may have no size.
    const tiles = this.#viewer.tiles.filter(({ width, height }) => width > 0 && height > 0)
    const groups = tiles.map((tile) => {
      const { left, top, width, height } = tile
      const frame = svgElement('svg', { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` })
      if (look.outlines && hasSurfaces) frame.append(...this.#outlines(tile, ear, look))
      frame.append(crosshair(tile, ear.crosshair))
      for (const place of planned) frame.append(...plannedMark(tile, place))
      for (const ruler of rulers) frame.append(...rulerMarks(tile, ruler))
      return frame
    })
    this.layer.replaceChildren(...groups)
  }

  #outlines(tile: SliceTile, { surfaces, crosshair: center }: EarState, { hidden }: Look): SVGElement[] {
    const { x, y } = tile.locate(center)
    const right = subtract(tile.placeAt(x + 100, y, center), center)
    const across = normalize(right)
    const down = normalize(subtract(tile.placeAt(x, y + 100, center), center))
    const scale = 100 / Math.hypot(...right)
    return parts
      .filter(({ id }) => !hidden.includes(id))
      .map(({ id, color }) => {
        const section = this.#section(tile.plane, id, surfaces[id], center, across, down)
        // The section may be that of a place elsewhere in the same plane.
        const moved = subtract(section.center, center)
        const [dx, dy] = [x + scale * dot(moved, across), y + scale * dot(moved, down)]
        const transform = `translate(${dx} ${dy}) scale(${scale})`
        return svgElement('path', { class: 'section', d: section.path, stroke: cssColor(color), transform })
      })
  }

  /** Cut anew only where the surface or the plane is another. */
  #section(plane: string, part: PartId, mesh: Mesh, center: Vector3, across: Vector3, down: Vector3): Section {
    const key = `${plane} ${part}`
    const known = this.#sections.get(key)
    const normal = cross(across, down)
    const isSame =
      known !== undefined &&
      known.mesh === mesh &&
      dot(known.normal, normal) > 0.999999 &&
      Math.abs(dot(subtract(known.center, center), normal)) < 1e-3
    if (isSame) return known
    const outlines = sectionOutlines(mesh, { center, across, down, edge: 0 })
    const path = outlines.map((outline) => `M${outline.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`).join('')
    const made = { mesh, center, normal, path }
    this.#sections.set(key, made)
    return made
  }
}

interface Section {
  readonly mesh: Mesh
  readonly center: Vector3
  readonly normal: Vector3
  /** In mm to the right of and below the center. */
  readonly path: string
}

function crosshair({ left, top, width, height, ...tile }: SliceTile, place: Vector3): SVGElement {
  const { x, y } = tile.locate(place)
  const d = `M${left} ${y}H${x - gap}M${x + gap} ${y}H${left + width}M${x} ${top}V${y - gap}M${x} ${y + gap}V${top + height}`
  return svgElement('path', { class: 'crosshair', d })
}

function rulerMarks(tile: SliceTile, ruler: Ruler): SVGElement[] {
  const points = ruler.places.map((place) => tile.locate(place))
  const [last] = points.slice(-1)
  if (last === undefined || points.some(({ depth }) => Math.abs(depth) > nearEnough)) return []
  const line = svgElement('polyline', { class: 'ruler', points: points.map(({ x, y }) => `${x},${y}`).join(' ') })
  const dots = points.map(({ x, y }) => svgElement('circle', { class: 'ruler', cx: x, cy: y, r: 3 }))
  const text = svgElement('text', { x: last.x + 7, y: last.y - 5 })
  text.textContent = rulerText(ruler)
  return [line, ...dots, text]
}

/** Hollow, unlike what was found. */
function plannedMark(tile: SliceTile, place: Vector3): SVGElement[] {
  const { x, y, depth } = tile.locate(place)
  if (Math.abs(depth) > nearEnough) return []
  return [
    svgElement('path', { class: 'planned-contact', d: `M${x - 5} ${y}L${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}Z` })
  ]
}

function round(mm: number): number {
  return Math.round(1000 * mm) / 1000
}
