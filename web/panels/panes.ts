import { landmarkKinds, parts, type Side } from '../../src/core/anatomy.ts'
import type { EarState } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { type Look, windows } from '../look.ts'
import { type State, shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { Brush } from '../viewer/brush.ts'
import { Handles } from '../viewer/handles.ts'
import { ball } from '../viewer/marker.ts'
import type { ShownSurface, Viewer } from '../viewer/viewer.ts'
import { sideName } from './landmarks.ts'

/** Radius of a landmark in space, mm. */
const markRadius = 0.4

/** How long landmarks must rest before they are drawn in space anew, ms. */
const rest = 150

const names = ['Axial', 'Coronal', 'Sagittal', '3-D'] as const

/** One pane for each ear, side by side: slices, space, landmarks to drag and a brush. */
export function showPanes(store: Store): void {
  const panes = new Map<Side, Pane>()
  store.listen((state, before) => {
    // The library that draws is fetched while the networks work.
    if (state.phase === 'working' && before.phase !== 'working') void import('../viewer/niivue-viewer.ts')
    if (state.phase !== 'ready') {
      for (const pane of panes.values()) pane.close()
      panes.clear()
      return
    }
    const shown = shownEars(state)
    for (const ear of shown) if (!panes.has(ear.side)) panes.set(ear.side, new Pane(store, ear.side))
    const roots = shown.flatMap(({ side }) => panes.get(side)?.root ?? [])
    const place = byId('panes')
    // A canvas that is moved loses its picture, so that none is moved without need.
    if (roots.length !== place.children.length || roots.some((root, n) => root !== place.children[n])) {
      place.replaceChildren(...roots)
    }
  })
}

class Pane {
  readonly root: HTMLElement
  readonly #store: Store
  readonly #side: Side
  #viewer: Viewer | undefined
  #stop: (() => void) | undefined
  #closed = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(store: Store, side: Side) {
    this.#store = store
    this.#side = side
    const label = `Slices and surfaces of the ${side} ear`
    const canvas = element('canvas', { 'aria-label': label, role: 'img' })
    const captions = names.map((name, n) => element('span', { class: `caption at-${n}` }, name))
    const title = element('h2', { class: 'ear-name' }, `${sideName(side)} ear`)
    const stage = element('div', { class: 'stage-area' }, canvas, ...captions)
    this.root = element('section', { class: 'pane', 'aria-label': `${sideName(side)} ear` }, title, stage)
    void this.#open(canvas, stage)
  }

  close(): void {
    this.#closed = true
    this.#stop?.()
    clearTimeout(this.#timer)
    this.#viewer?.close()
    this.root.remove()
  }

  #ear(state: State = this.#store.state): EarState | undefined {
    return state.ears.find(({ side }) => side === this.#side)
  }

  async #open(canvas: HTMLCanvasElement, stage: HTMLElement): Promise<void> {
    const { openNiivueViewer } = await import('../viewer/niivue-viewer.ts')
    const ear = this.#ear()
    if (this.#closed || ear === undefined) return
    const viewer = await openNiivueViewer(canvas)
    await viewer.show(ear.image, ear.grid, ear.side)
    if (this.#closed) return viewer.close()
    this.#viewer = viewer
    const handles = new Handles(this.#store, viewer, () => this.#ear())
    const brush = new Brush(this.#store, viewer, () => this.#ear())
    stage.append(brush.layer, handles.layer)
    viewer.onDrawn(() => handles.place())
    viewer.onLook((place) => this.#store.dispatch({ type: 'crosshair', side: this.#side, place }))
    this.#stop = this.#store.listen((state, before) => {
      const [now, then] = [this.#ear(state), this.#ear(before)]
      if (now === undefined) return
      if (state.look !== before.look) {
        if (optionsChanged(state.look, before.look)) viewer.setOptions(optionsOf(state.look))
        brush.show()
      }
      if (now.labels !== then?.labels) viewer.setLabels(now.labels)
      if (now.crosshair !== then?.crosshair) viewer.lookAt(now.crosshair)
      if (now.landmarks !== then?.landmarks) handles.place()
      if (now.surfaces !== then?.surfaces || now.landmarks !== then.landmarks) this.#drawSurfacesSoon(viewer)
    })
    viewer.setOptions(optionsOf(this.#store.state.look))
    viewer.setLabels(ear.labels)
    viewer.lookAt(ear.crosshair)
    viewer.setSurfaces(surfacesOf(ear))
    brush.show()
    this.root.dataset.ready = 'true'
  }

  #drawSurfacesSoon(viewer: Viewer): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const ear = this.#ear()
      if (ear !== undefined) viewer.setSurfaces(surfacesOf(ear))
    }, rest)
  }
}

function surfacesOf({ surfaces, landmarks }: EarState): ShownSurface[] {
  const marks = landmarks.flatMap((landmark): ShownSurface[] => {
    const color = landmarkKinds.find(({ id }) => id === landmark.id)?.color
    if (landmark.status !== 'defined' || color === undefined) return []
    return [{ mesh: ball(landmark.position, markRadius), color }]
  })
  return [...parts.map(({ id, color }) => ({ mesh: surfaces[id], color })), ...marks]
}

function optionsOf({ window, radiological, fill, labelsShown }: Look): Parameters<Viewer['setOptions']>[0] {
  const { low, high } = windows[window]
  return { low, high, radiological, labels: labelsShown ? (fill ? 'fill' : 'outline') : 'none' }
}

function optionsChanged(now: Look, before: Look): boolean {
  return (['window', 'radiological', 'fill', 'labelsShown'] as const).some((name) => now[name] !== before[name])
}
