import type { SegmentedEar } from '../../analyze/findings.ts'
import { landmarkKinds } from '../../core/anatomy.ts'
import { add, column, cross, normalize, scale, transform, type Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { obliquePlanes } from '../picture/oblique-planes.ts'
import { bodyViews, type Plane } from '../picture/plane.ts'
import { sliceFigure, surfaceFigure } from './figure.ts'

/** Edges of the pictures, mm, and their size in pixels: sharp on paper too. */
const space = { edge: 23, pixels: 560 }
const obliquePixels = 400
const closeUp = { edge: 14, pixels: 240 }

/** The pictures of an ear, each a part of a page. */
export interface EarFigures {
  readonly space: string
  readonly oblique: string
  readonly landmarks: string
}

interface DrawnEar {
  readonly scan: Scan
  readonly ear: SegmentedEar
  readonly figures: EarFigures
}

/** By an ear's surfaces: pictures that were drawn while another thread was waited for are not drawn again. */
const known = new WeakMap<SegmentedEar['surfaces'], DrawnEar>()

/** The same pictures again for the same ear and scan. */
export function earFigures(scan: Scan, ear: SegmentedEar): EarFigures {
  const before = known.get(ear.surfaces)
  if (before?.scan === scan && showSame(before.ear, ear)) return before.figures
  const figures = {
    space: spaceFigures(ear),
    oblique: obliqueFigures(scan, ear),
    landmarks: landmarkFigures(scan, ear)
  }
  known.set(ear.surfaces, { scan, ear, figures })
  return figures
}

function showSame(a: SegmentedEar, b: SegmentedEar): boolean {
  return a.landmarks === b.landmarks && a.occupancy === b.occupancy && a.frame === b.frame
}

/** The ear in space from two sides. */
function spaceFigures(ear: SegmentedEar): string {
  const { frame } = ear
  const [lateral, anterior, superior] = [
    column(frame.direction, 0),
    column(frame.direction, 1),
    column(frame.direction, 2)
  ]
  const center = add(frame.origin, transform(frame.direction, [0, 0.5, 1.2]))
  const fromSide = normalize(add(lateral, add(scale(anterior, 0.35), scale(superior, 0.2))))
  const views = [
    surfaceFigure(ear, seenFrom(center, fromSide, superior), 'From the side', space.pixels),
    surfaceFigure(ear, seenFrom(center, superior, anterior), 'From above', space.pixels)
  ]
  return `<div class="pair">${views.join('')}</div>`
}

/** Oblique slices: across and along the axis of the cochlea, in and across the superior canal. */
function obliqueFigures(scan: Scan, ear: SegmentedEar): string {
  const figures = obliquePlanes(ear).map(({ name, plane }) => sliceFigure(scan, ear, plane, name, obliquePixels))
  if (figures.length > 0) return `<div class="pair slices">${figures.join('')}</div>`
  return '<p class="faint">Neither the axis of the cochlea nor the superior canal could be fitted.</p>'
}

/** Axial, coronal and sagittal slices through each landmark. */
function landmarkFigures(scan: Scan, ear: SegmentedEar): string {
  const rows = landmarkKinds.map(({ id, name }) => {
    const landmark = ear.landmarks.find((candidate) => candidate.id === id)
    if (landmark?.status !== 'defined') return `<div><h4>${name}</h4><p class="faint">was not found.</p></div>`
    const figures = bodyViews.map(({ name: view, across, down }) =>
      sliceFigure(scan, ear, { center: landmark.position, across, down, edge: closeUp.edge }, view, closeUp.pixels)
    )
    return `<div><h4>${name}</h4><div class="triple">${figures.join('')}</div></div>`
  })
  return rows.join('')
}

function seenFrom(center: Vector3, towardsViewer: Vector3, up: Vector3): Plane {
  const across = normalize(cross(up, towardsViewer))
  return { center, across, down: normalize(cross(across, towardsViewer)), edge: space.edge }
}
