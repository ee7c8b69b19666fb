import type { Vector3 } from '../../src/core/math/vector.ts'
import { middleOf } from '../ear-middle.ts'
import type { EarState } from '../ear-state.ts'
import { byId, element } from '../element.ts'
import { boxOnPicture, clampedTo, type OverviewView, onPicture, overviewViews, placeAtPoint } from '../overview-map.ts'
import { pictureOf } from '../picture.ts'
import { shownEars } from '../state.ts'
import type { Store } from '../store.ts'
import { svgElement } from '../svg-element.ts'
import type { Overview } from '../worker/analysis-worker.ts'

/** Pixels around an ear's rectangle within which a click or a tap means that ear. */
const reach = 22

/** The whole scan in three small pictures, with a rectangle for each ear: a click leads there. */
export function showOverview(store: Store): void {
  const panel = byId('overview')
  let marks: readonly { readonly view: OverviewView; readonly layer: SVGElement }[] = []
  const draw = (): void => {
    const { overview, ears, look } = store.state
    if (overview === null) return
    panel.classList.toggle('mirrored', !look.radiological)
    const shown = shownEars(store.state)
    for (const { view, layer } of marks) {
      layer.replaceChildren(...ears.flatMap((ear) => earMarks(view, overview, ear, shown.includes(ear))))
    }
  }
  const go = ({ id }: EarState, place: Vector3): void => {
    const { ear } = store.state.look
    if (ear !== 'both' && ear !== id) store.dispatch({ type: 'look', look: { ear: id } })
    store.dispatch({ type: 'crosshair', ear: id, place })
  }
  const click = (event: MouseEvent, view: OverviewView, overview: Overview): void => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect()
    const x = (event.clientX - left) / width
    const point = [store.state.look.radiological ? x : 1 - x, (event.clientY - top) / height] as const
    const shown = shownEars(store.state)
    // Seen from the left one ear hides the other: the one on show comes first.
    const ears = [...shown, ...store.state.ears.filter((ear) => !shown.includes(ear))]
    const ear = ears.find(({ grid }) => {
      const { low, high } = boxOnPicture(view, overview.grid, grid)
      const away = (axis: 0 | 1): number => Math.max(low[axis] - point[axis], point[axis] - high[axis])
      return away(0) * width < reach && away(1) * height < reach
    })
    if (ear !== undefined) go(ear, clampedTo(ear.grid, placeAtPoint(view, overview.grid, point, ear.crosshair)))
  }
  store.listen((state, before) => {
    if (state.overview !== before.overview) {
      const { overview } = state
      marks = []
      if (overview === null) return panel.replaceChildren()
      const figures = overviewViews.map((view, n) => {
        const layer = svgElement('svg', { viewBox: '0 0 1 1', preserveAspectRatio: 'none' })
        marks = [...marks, { view, layer }]
        const picture = pictureOf(overview.pictures[n] as Overview['pictures'][number])
        const label = `The whole scan ${view.name}, with a rectangle around each ear`
        const frame = element('div', { class: 'whole', role: 'img', 'aria-label': label, title: view.name }, picture)
        frame.addEventListener('click', (event) => click(event, view, overview))
        frame.append(layer)
        // All pictures on one scale.
        frame.style.flexGrow = String(overview.grid.size[view.across] * overview.grid.spacing[view.across])
        return frame
      })
      const buttons = shownEars(state).map((ear) => {
        const middle = (): void => {
          const now = store.state.ears.find(({ id }) => id === ear.id)
          if (now !== undefined) go(now, middleOf(now).place)
        }
        return element('button', { type: 'button', click: middle }, `Go to the ${ear.side} ear`)
      })
      panel.replaceChildren(
        element('h2', {}, 'Where the ears lie'),
        element('div', { class: 'wholes' }, ...figures),
        element('div', { class: 'group' }, ...buttons)
      )
    }
    const isSame = state.ears === before.ears && state.look === before.look && state.overview === before.overview
    if (!isSame) draw()
  })
}

/** An ear's rectangle with its letter, and its crosshair while it is on show. */
function earMarks(view: OverviewView, { grid }: Overview, ear: EarState, isShown: boolean): SVGElement[] {
  const { low, high } = boxOnPicture(view, grid, ear.grid)
  const box = { x: low[0], y: low[1], width: high[0] - low[0], height: high[1] - low[1] }
  const rectangle = svgElement('rect', { ...box, class: isShown ? 'ear-box shown' : 'ear-box', 'data-side': ear.side })
  if (!isShown) return [rectangle]
  const [x, y] = onPicture(view, grid, ear.crosshair)
  const cross = `M${x} ${low[1]}V${high[1]}M${low[0]} ${y}H${high[0]}`
  return [rectangle, svgElement('path', { d: cross, class: 'ear-cross' })]
}
