import type { Plane } from '../../src/report/picture/plane.ts'
import type { EarId } from '../ear-id.ts'
import type { EarState } from '../ear-state.ts'
import { element } from '../element.ts'
import { drawnContacts, isDrawnAnew } from '../plan/planning.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import { contactTool } from '../viewer/contact-tool.ts'
import { Gestures } from '../viewer/gestures.ts'
import { Handles } from '../viewer/handles.ts'
import { ObliqueViewer } from '../viewer/oblique-viewer.ts'
import { Overlay } from '../viewer/overlay.ts'
import { panePicture } from '../viewer/pane-picture.ts'
import { RulerTool } from '../viewer/ruler-tool.ts'
import type { CochlearPlane } from '../viewer/viewer.ts'
import { viewValues } from '../worker/ear-view.ts'
import { readoutText } from './readout.ts'

/**
 * The cochlear view of one ear, in place of its other views: across the modiolar axis, where the basal turn lies, and along it.
 * Crosshair, landmarks, contacts and rulers are those of the other slices.
 */
export class CochlearStage {
  readonly root: HTMLElement
  readonly #store: Store
  readonly #id: EarId
  readonly #parent: HTMLElement
  readonly #canvas: HTMLCanvasElement
  readonly #isFixed: boolean
  readonly #missing = element(
    'p',
    { class: 'no-cochlea', hidden: true },
    'It needs a round window: place that landmark.'
  )
  readonly #readout = element('p', { class: 'readout' })
  readonly #stop: () => void
  /** What was followed last, which may be before it was hidden. */
  #followed: { readonly ear: EarState; readonly state: State } | undefined
  #opened: { readonly viewer: ObliqueViewer; readonly overlay: Overlay; readonly draw: () => void } | undefined

  /**
   * @param parent holds it while it is on show
   * @param isFixed whether landmarks are looked at only
   */
  constructor(store: Store, { id, side }: EarState, parent: HTMLElement, isFixed = false) {
    this.#store = store
    this.#isFixed = isFixed
    this.#parent = parent
    this.#id = id
    this.#canvas = element('canvas', { role: 'img', 'aria-label': `Cochlear view of the ${side} ear` })
    const label = `Cochlear view of the ${side} ear: arrow keys move the crosshair, Page Up and Down go through slices`
    this.root = element(
      'div',
      { class: 'stage-area cochlear', tabindex: 0, role: 'group', 'aria-label': label, 'data-full': 'cochlea' },
      this.#canvas,
      this.#missing,
      this.#readout
    )
    this.#stop = store.listen((state) => this.#follow(state))
  }

  close(): void {
    this.#stop()
    this.#opened?.viewer.close()
  }

  reset(): void {
    this.#opened?.viewer.reset()
  }

  /** What it shows as a PNG; undefined where it shows nothing. */
  async picture(): Promise<Blob | undefined> {
    const { viewer } = this.#opened ?? {}
    return viewer && panePicture(this.root, this.#canvas, () => viewer.redraw())
  }

  #ear(state: State = this.#store.state): EarState | undefined {
    return state.ears.find(({ id }) => id === this.#id)
  }

  #follow(state: State): void {
    const now = this.#ear(state)
    if (now === undefined || state.look.full !== 'cochlea') {
      this.root.remove()
      return
    }
    if (this.root.parentElement !== this.#parent) this.#parent.append(this.root)
    const planes = cochlearPlanes(now)
    this.#missing.hidden = planes !== undefined
    this.root.classList.toggle('without-planes', planes === undefined)
    if (planes === undefined) return
    const { look, rulers } = state
    const then = this.#followed
    this.#followed = { ear: now, state }
    if (this.#opened === undefined) this.#open(now, planes)
    const { viewer, draw } = this.#opened ?? {}
    // Every conclusion brings planes; where they are the same, zoom and shift stay.
    const isMoved = then !== undefined && now.planes !== then.ear.planes && !samePlanes(now, then.ear)
    if (isMoved) viewer?.setPlanes(planes)
    if (look !== then?.state.look) viewer?.setOptions(look.window, !look.radiological)
    if (now.crosshair !== then?.ear.crosshair) viewer?.lookAt(now.crosshair)
    else if (now !== then.ear || rulers !== then.state.rulers || isDrawnAnew(state, then.state)) draw?.()
  }

  #open(ear: EarState, planes: Readonly<Record<CochlearPlane, Plane>>): void {
    const { window } = this.#store.state.look
    const scan = { geometry: ear.grid, data: viewValues(ear.image, ear.grid) }
    const viewer = new ObliqueViewer(this.#canvas, scan, planes, ear.crosshair, window)
    const current = (): EarState | undefined => this.#ear()
    const overlay = new Overlay(viewer)
    const handles = new Handles(this.#store, viewer, current, this.#isFixed)
    const gestures = new Gestures(this.#store, viewer, this.root, current)
    const ruler = new RulerTool(this.#store, gestures, this.root, current, () => draw())
    if (!this.#isFixed) contactTool(this.#store, gestures, this.root, current)
    this.root.append(overlay.layer, handles.layer)
    const draw = (): void => {
      const now = current()
      if (now === undefined) return
      const { look, rulers } = this.#store.state
      const own = [...rulers, ...(ruler.draft === undefined ? [] : [ruler.draft])].filter(
        ({ ear: of }) => of === now.id
      )
      overlay.draw({
        ear: now,
        look,
        hasSurfaces: true,
        rulers: own,
        planned: drawnContacts(this.#store.state, now.side)
      })
      handles.place()
      this.#readout.textContent = readoutText(now.crosshair, viewer.valueAt(now.crosshair), look)
    }
    viewer.onDrawn(draw)
    this.#opened = { viewer, overlay, draw }
  }
}

function samePlanes(a: EarState, b: EarState): boolean {
  return JSON.stringify(cochlearPlanes(a)) === JSON.stringify(cochlearPlanes(b))
}

/** The two planes, where they could be fitted. */
function cochlearPlanes({ planes }: EarState): Readonly<Record<CochlearPlane, Plane>> | undefined {
  const [across, along] = planes.filter((plane) => plane.of === 'cochlea')
  return across && along && { across: across.plane, along: along.plane }
}
