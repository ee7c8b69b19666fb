import { parts } from '../../src/core/anatomy.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { slicesOf } from '../corrections.ts'
import type { EarId } from '../ear-id.ts'
import { middleOf } from '../ear-middle.ts'
import type { EarState } from '../ear-state.ts'
import { element } from '../element.ts'
import type { Look } from '../look.ts'
import { drawnContacts, isDrawnAnew } from '../plan/planning.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import { Brush } from '../viewer/brush.ts'
import { contactTool } from '../viewer/contact-tool.ts'
import { Gestures } from '../viewer/gestures.ts'
import { Handles } from '../viewer/handles.ts'
import { Overlay } from '../viewer/overlay.ts'
import { panePicture } from '../viewer/pane-picture.ts'
import { RulerTool } from '../viewer/ruler-tool.ts'
import { surfacesOf } from '../viewer/surfaces-of.ts'
import type { Viewer, ViewOptions } from '../viewer/viewer.ts'
import { CochlearStage } from './cochlear-stage.ts'
import { readoutText } from './readout.ts'
import { undrawn } from './undrawn.ts'

/** How long marks must rest before they are drawn in space anew, ms. */
const rest = 150

const names = { axial: 'Axial', coronal: 'Coronal', sagittal: 'Sagittal', space: '3-D' } as const

/** What a pane is for: a scan's own ear, or the one that it is compared with. */
export interface PaneRole {
  /** What stands above it. */
  readonly title: (state: State, ear: EarState) => string
  /** Whether landmarks and labels are looked at only. */
  readonly isFixed: boolean
  /** Viewers that are magnified, shifted and turned with this one. */
  readonly together: () => readonly Viewer[]
  /** Where a place of the pane is in the ear's own scan, LPS mm. */
  readonly ownPlace: (place: Vector3) => Vector3
}

/** One ear: slices, space, landmarks and contacts to drag, a brush and rulers. */
export class Pane {
  readonly root: HTMLElement
  /** The part of the scan that it shows. */
  readonly image: Uint8Array
  readonly #store: Store
  readonly #id: EarId
  readonly #stage: HTMLElement
  readonly #cochlea: CochlearStage
  readonly #role: PaneRole
  readonly #title = element('h2', { class: 'ear-name' })
  readonly #readout = element('p', { class: 'readout' })
  #viewer: Viewer | undefined
  #stop: (() => void) | undefined
  #closed = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The labels that the surfaces were drawn from. */
  #labelsOfSurfaces: Uint8Array

  constructor(store: Store, ear: EarState, role: PaneRole) {
    const { id, side, labels, image } = ear
    this.image = image
    this.#store = store
    this.#role = role
    this.#id = id
    this.#labelsOfSurfaces = labels
    const canvas = element('canvas', { 'aria-label': `Slices and surfaces of the ${side} ear`, role: 'img' })
    const captions = Object.entries(names).map(([view, name]) => element('span', { class: `caption of-${view}` }, name))
    const name = role.title(store.state, ear)
    this.#title.textContent = name
    const label = `Slices, ${name}: arrow keys move the crosshair, Page Up and Down go through slices`
    this.#stage = element(
      'div',
      { class: 'stage-area', tabindex: 0, role: 'group', 'aria-label': label },
      canvas,
      ...captions,
      this.#readout
    )
    this.root = element('section', { class: 'pane', 'aria-label': name }, this.#title, this.#stage)
    this.#cochlea = new CochlearStage(store, ear, this.root, role.isFixed)
    this.#open(canvas).catch((cause: unknown) => {
      this.#stage.replaceChildren(undrawn(cause))
      this.root.dataset.ready = 'true'
    })
  }

  close(): void {
    this.#closed = true
    this.#stop?.()
    this.#cochlea.close()
    clearTimeout(this.#timer)
    this.#viewer?.close()
    this.root.remove()
  }

  get ear(): EarId {
    return this.#id
  }

  /** Whether it shows what an ear is compared with. */
  get isCompared(): boolean {
    return this.#role.isFixed
  }

  /** undefined before it is drawn first. */
  get viewer(): Viewer | undefined {
    return this.#viewer
  }

  /** What it shows as a PNG; undefined before it is drawn first. */
  async picture(): Promise<Blob | undefined> {
    if (this.#store.state.look.full === 'cochlea') return this.#cochlea.picture()
    const [viewer, canvas] = [this.#viewer, this.#stage.querySelector('canvas')]
    return viewer && canvas ? panePicture(this.#stage, canvas, () => viewer.redraw()) : undefined
  }

  reset(): void {
    this.#viewer?.reset()
    this.#cochlea.reset()
  }

  #ear(state: State = this.#store.state): EarState | undefined {
    return state.ears.find(({ id }) => id === this.#id)
  }

  async #open(canvas: HTMLCanvasElement): Promise<void> {
    const { openNiivueViewer } = await import('../viewer/niivue-viewer.ts')
    const ear = this.#ear()
    if (this.#closed || ear === undefined) return
    const viewer = await openNiivueViewer(canvas)
    await viewer.show(ear.image, ear.grid, ear.side, middleOf(ear))
    if (this.#closed) return viewer.close()
    this.#viewer = viewer
    const overlay = new Overlay(viewer)
    const handles = new Handles(this.#store, viewer, () => this.#ear(), this.#role.isFixed)
    const brush = new Brush(this.#store, viewer, () => this.#ear())
    this.#stage.append(overlay.layer, ...(this.#role.isFixed ? [] : [brush.layer]), handles.layer)
    const current = (): EarState | undefined => this.#ear()
    const gestures = new Gestures(this.#store, viewer, this.#stage, current, this.#role.together)
    const ruler = new RulerTool(this.#store, gestures, this.#stage, current, () => draw())
    if (!this.#role.isFixed) contactTool(this.#store, gestures, this.#stage, current)
    const showReadout = (place: Vector3): void => {
      const [own, { look }] = [this.#role.ownPlace(place), this.#store.state]
      this.#readout.textContent = readoutText(own, viewer.valueAt(place), look)
    }
    const draw = (): void => {
      const now = this.#ear()
      if (now === undefined) return
      const { look, rulers } = this.#store.state
      const own = [...rulers, ...(ruler.draft === undefined ? [] : [ruler.draft])].filter(
        ({ ear: of }) => of === now.id
      )
      overlay.draw({
        ear: now,
        look,
        hasSurfaces: this.#hasSurfaces(now),
        rulers: own,
        planned: this.#planned(now)
      })
      handles.place()
      showReadout(now.crosshair)
    }
    viewer.onDrawn(draw)
    this.#stage.addEventListener('pointermove', (event) => {
      const tile = gestures.tileAt(event)
      const place = tile && gestures.placeUnder(event, tile)
      if (place) showReadout(place)
    })
    this.#stop = this.#store.listen((state, before) => {
      const [now, then] = [this.#ear(state), this.#ear(before)]
      if (now === undefined || state === before) return
      const name = this.#role.title(state, now)
      if (this.#title.textContent !== name) this.#title.textContent = name
      if (now.surfaces !== then?.surfaces) this.#labelsOfSurfaces = now.labels
      const isRedrawn = state.look !== before.look || now.labels !== then?.labels || now.surfaces !== then?.surfaces
      if (isRedrawn) viewer.setOptions(this.#options(now, state.look))
      if (state.look !== before.look) brush.show()
      if (state.look.tool !== before.look.tool) ruler.drop()
      if (now.labels !== then?.labels) viewer.setLabels(now.labels, changedSlices(state, before, now))
      if (now.crosshair !== then?.crosshair) viewer.lookAt(now.crosshair)
      const isReplanned = isDrawnAnew(state, before)
      if (state.rulers !== before.rulers || isReplanned) draw()
      const isMarked = now.landmarks !== then?.landmarks || now.implant !== then.implant
      if (isMarked) handles.place()
      const isChanged = now.surfaces !== then?.surfaces || isMarked || isReplanned
      if (isChanged || state.look.hidden !== before.look.hidden) this.#drawSurfacesSoon(viewer)
    })
    viewer.setLabels(ear.labels)
    viewer.setOptions(this.#options(ear, this.#store.state.look))
    viewer.lookAt(ear.crosshair)
    viewer.setSurfaces(surfacesOf(ear, this.#store.state.look, this.#planned(ear)))
    brush.show()
    this.root.dataset.ready = 'true'
  }

  #planned({ side }: EarState): readonly Vector3[] {
    return drawnContacts(this.#store.state, side)
  }

  /** While labels are painted, outlines are their voxels' until surfaces are drawn anew. */
  #hasSurfaces({ labels }: EarState): boolean {
    return labels === this.#labelsOfSurfaces
  }

  #options(ear: EarState, { window, radiological, outlines, fill, hidden, full }: Look): ViewOptions {
    this.#stage.hidden = full === 'cochlea'
    this.#stage.dataset.full = full ?? ''
    const hiddenParts = parts.map(({ id }) => id).filter((id) => hidden.includes(id))
    const labels = { rims: outlines && !this.#hasSurfaces(ear), fill }
    return { ...window, radiological, labels, hidden: hiddenParts, full: full === 'cochlea' ? undefined : full }
  }

  #drawSurfacesSoon(viewer: Viewer): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const ear = this.#ear()
      if (ear !== undefined) viewer.setSurfaces(surfacesOf(ear, this.#store.state.look, this.#planned(ear)))
    }, rest)
  }
}

/** The slices in which an ear's labels are other than before, where one change made them so. */
function changedSlices({ log }: State, before: State, { id, grid }: EarState): readonly [number, number] | undefined {
  const change = log.length === before.log.length + 1 ? log.at(-1)?.change : undefined
  return change?.what === 'labels' && change.ear === id ? slicesOf(change, grid) : undefined
}
